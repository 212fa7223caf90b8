using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Cli.Tests;

/// <summary>Puts into a repository what no tool at hand makes, by the distribution spec's own requests.</summary>
internal sealed class RawRegistry(string address, string repository) : IDisposable
{
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    public const string Index = "application/vnd.oci.image.index.v1+json";
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://{address}/") };

    public void Dispose() => _http.Dispose();

    public Task<string> GetAsync(string reference, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"v2/{repository}/manifests/{reference}", UriKind.Relative));
        request.Headers.Accept.ParseAdd(accept);
        return ReadAsync(request);
    }

    /// <returns>A descriptor.</returns>
    public async Task<string> PutBlobAsync(string mediaType, string content, string annotations = "{}")
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var digest = DigestOf(content);
        using var session = await _http.PostAsync(new Uri($"v2/{repository}/blobs/uploads/", UriKind.Relative), content: null);
        session.EnsureSuccessStatusCode();
        var upload = new UriBuilder(new Uri(_http.BaseAddress!, session.Headers.Location!));
        upload.Query = (upload.Query.Length > 1 ? upload.Query[1..] + "&" : "") + "digest=" + digest;
        using var body = new ByteArrayContent(bytes);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var done = await _http.PutAsync(upload.Uri, body);
        done.EnsureSuccessStatusCode();
        return $$"""{"mediaType":"{{mediaType}}","digest":"{{digest}}","size":{{bytes.Length.ToString(CultureInfo.InvariantCulture)}},"annotations":{{annotations}}}""";
    }

    /// <param name="reference">A tag; null for the digest.</param>
    /// <returns>A descriptor without annotations.</returns>
    public async Task<string> PutManifestAsync(string? reference, string mediaType, string content)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        body.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var response = await _http.PutAsync(new Uri($"v2/{repository}/manifests/{reference ?? DigestOf(content)}", UriKind.Relative), body);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException(await response.Content.ReadAsStringAsync());
        return $$"""{"mediaType":"{{mediaType}}","digest":"{{DigestOf(content)}}","size":{{Encoding.UTF8.GetByteCount(content).ToString(CultureInfo.InvariantCulture)}}}""";
    }

    /// <summary>A manifest that refers to another one.</summary>
    public async Task AttachAsync(string subject, string artifactType, string layer)
    {
        var config = await PutBlobAsync("application/vnd.oci.empty.v1+json", "{}");
        await PutManifestAsync(null, Manifest,
            $$"""{"schemaVersion":2,"mediaType":"{{Manifest}}","artifactType":"{{artifactType}}","config":{{config}},"layers":[{{layer}}],"subject":{{subject}}}""");
    }

    public static string DigestOf(string content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private async Task<string> ReadAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request);
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadAsStringAsync();
        }
    }
}
