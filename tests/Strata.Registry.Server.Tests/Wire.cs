using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Strata.Oci;

namespace Strata.Registry.Server.Tests;

/// <summary>The requests of the distribution spec, one verb each.</summary>
internal static class Wire
{
    public const string Repository = "me/app";

    public static byte[] Bytes(int size, int seed = 1)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static Task<HttpResponseMessage> SendAsync(
        this HttpClient client, string method, string path, byte[]? body = null, string? type = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type ?? "application/octet-stream");
        }
        foreach (var (name, value) in headers)
        {
            if (name == "Content-Range") request.Content!.Headers.TryAddWithoutValidation(name, value);
            else request.Headers.TryAddWithoutValidation(name, value);
        }
        return client.SendAsync(request);
    }

    public static async Task<string> BeginAsync(this HttpClient client, string repository = Repository)
    {
        var response = await client.SendAsync("POST", $"/v2/{repository}/blobs/uploads/");
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return response.Headers.Location!.ToString();
    }

    public static async Task<Digest> PushBlobAsync(
        this HttpClient client, byte[] content, string repository = Repository, DigestAlgorithm algorithm = DigestAlgorithm.Sha256)
    {
        var digest = Digest.Of(content, algorithm);
        var response = await client.SendAsync("PUT", $"{await client.BeginAsync(repository)}?digest={digest}", content);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return digest;
    }

    public static async Task<byte[]> ManifestAsync(
        this HttpClient client, string repository = Repository, Descriptor? subject = null, string? artifactType = null,
        IReadOnlyDictionary<string, string>? annotations = null, int seed = 1, DigestAlgorithm algorithm = DigestAlgorithm.Sha256)
    {
        var (config, layer) = (Encoding.UTF8.GetBytes("{}"), Bytes(100, seed));
        return new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            ArtifactType = artifactType,
            Config = new Descriptor
            {
                MediaType = artifactType is null ? MediaTypes.OciConfig : MediaTypes.OciEmpty,
                Digest = await client.PushBlobAsync(config, repository, algorithm),
                Size = config.Length,
            },
            Layers = [new Descriptor { MediaType = MediaTypes.OciLayer, Digest = await client.PushBlobAsync(layer, repository, algorithm), Size = layer.Length }],
            Subject = subject,
            Annotations = annotations,
        }.ToBytes();
    }

    public static Task<HttpResponseMessage> PutManifestAsync(
        this HttpClient client, byte[] manifest, string reference, string repository = Repository, string? type = MediaTypes.OciManifest) =>
        client.SendAsync("PUT", $"/v2/{repository}/manifests/{reference}", manifest, type);

    public static async Task<Digest> PushImageAsync(this HttpClient client, string tag, string repository = Repository, int seed = 1)
    {
        var manifest = await client.ManifestAsync(repository, seed: seed);
        (await client.PutManifestAsync(manifest, tag, repository)).StatusCode.ShouldBe(HttpStatusCode.Created);
        return Digest.Of(manifest);
    }

    public static async Task ShouldBeFaultAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var body = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, body);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        using var json = JsonDocument.Parse(body);
        var error = json.RootElement.GetProperty("errors")[0];
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }

    public static string Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? values.Single() : "";

    public static async Task<JsonElement> JsonAsync(this HttpClient client, string path)
    {
        var response = await client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    public static string[] Strings(this JsonElement json, string member) => [.. json.GetProperty(member).EnumerateArray().Select(e => e.GetString()!)];
}
