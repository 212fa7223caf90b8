using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>The end-points of one repository, a verb each.</summary>
public sealed class Repository(Registry registry, string name)
{
    public string Name => name;

    public string Path => $"/v2/{name}";

    public string UploadsPath => $"{Path}/blobs/uploads/";

    public Registry Registry => registry;

    public string ManifestPath(string reference) => $"{Path}/manifests/{reference}";

    public string BlobPath(string digest) => $"{Path}/blobs/{digest}";

    public Task<Answer> GetBlobAsync(string digest, params (string Name, string Value)[] headers) => registry.SendAsync("GET", BlobPath(digest), body: null, headers);

    public Task<Answer> HeadBlobAsync(string digest) => registry.SendAsync("HEAD", BlobPath(digest));

    public Task<Answer> DeleteBlobAsync(string digest) => registry.SendAsync("DELETE", BlobPath(digest));

    public Task<Answer> GetManifestAsync(string reference, params (string Name, string Value)[] headers) => registry.SendAsync(
        "GET", ManifestPath(reference), body: null, headers.Length > 0 ? headers : [("Accept", string.Join(", ", MediaTypes.Manifests))]);

    public Task<Answer> HeadManifestAsync(string reference) => registry.SendAsync(
        "HEAD", ManifestPath(reference), body: null, ("Accept", string.Join(", ", MediaTypes.Manifests)));

    public Task<Answer> DeleteManifestAsync(string reference) => registry.SendAsync("DELETE", ManifestPath(reference));

    public Task<Answer> PutManifestAsync(string reference, byte[] content, string type = MediaTypes.Manifest) =>
        registry.SendAsync("PUT", ManifestPath(reference), content, ("Content-Type", type));

    public Task<Answer> TagsAsync(string query = "") => registry.SendAsync("GET", $"{Path}/tags/list{query}");

    public Task<Answer> ReferrersAsync(string subject, string query = "") => registry.SendAsync("GET", $"{Path}/referrers/{subject}{query}");

    /// <summary>Where to push a blob to.</summary>
    public async Task<string> BeginAsync(string query = "")
    {
        var answer = (await registry.SendAsync("POST", UploadsPath + query, [])).Should(HttpStatusCode.Accepted);
        return answer.Location.ShouldNotBeNull("an upload that was begun must say where it goes on");
    }

    public async Task<string> PushBlobAsync(byte[] content, string algorithm = Digests.Sha256)
    {
        var digest = Digests.Of(content, algorithm);
        (await registry.SendAsync("PUT", Digests.Onto(await BeginAsync(), digest), content, ("Content-Type", MediaTypes.Bytes))).Should(HttpStatusCode.Created);
        return digest;
    }

    /// <summary>A small image under a tag.</summary>
    public async Task<Document> PushImageAsync(string? tag, string algorithm = Digests.Sha256)
    {
        var package = new Package(algorithm);
        var image = package.AddImage();
        await package.PushBlobsAsync(this);
        (await PutManifestAsync(image.Digest, image.Bytes, image.MediaType)).Should(HttpStatusCode.Created);
        if (tag is not null) (await PutManifestAsync(tag, image.Bytes, image.MediaType)).Should(HttpStatusCode.Created);
        return image;
    }
}
