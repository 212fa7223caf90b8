using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Strata.Conformance.Tests;

/// <summary>What is pushed together: blobs, manifests in their order, tags, and how each referrer must be listed.</summary>
internal sealed class Package(string algorithm)
{
    public string Algorithm => algorithm;

    public Dictionary<string, byte[]> Blobs { get; } = new(StringComparer.Ordinal);

    public List<Document> Manifests { get; } = [];

    public Dictionary<string, Document> Tags { get; } = new(StringComparer.Ordinal);

    public List<Referrer> Referrers { get; } = [];

    public JsonObject AddBlob(string mediaType, byte[] content, bool inline = false)
    {
        var digest = Digests.Of(content, algorithm);
        Blobs[digest] = content;
        var descriptor = new JsonObject { ["mediaType"] = mediaType, ["digest"] = digest, ["size"] = content.Length };
        if (inline) descriptor["data"] = Convert.ToBase64String(content);
        return descriptor;
    }

    public JsonObject AddConfig(bool inline = false) => AddBlob(
        MediaTypes.Config, Encoding.UTF8.GetBytes("{\"os\":\"linux\",\"architecture\":\"amd64\",\"author\":\"" + Guid.NewGuid() + "\"}"), inline);

    public JsonObject AddEmpty() => AddBlob(MediaTypes.Empty, "{}"u8.ToArray());

    /// <summary>An image of a config and two layers, changed by <paramref name="change"/> before it is named.</summary>
    public Document AddImage(Action<JsonObject>? change = null, string? tag = null) => AddManifest(
        new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.Manifest,
            ["config"] = AddConfig(),
            ["layers"] = new JsonArray(AddBlob(MediaTypes.LayerGzip, Sample.Bytes()), AddBlob(MediaTypes.Layer, Sample.Bytes())),
        },
        change, tag);

    public Document AddArtifact(string type, Action<JsonObject>? change = null, string? tag = null) => AddManifest(
        new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.Manifest,
            ["artifactType"] = type,
            ["config"] = AddEmpty(),
            ["layers"] = new JsonArray(AddBlob(type, Sample.Bytes())),
        },
        change, tag);

    public Document AddIndex(IEnumerable<JsonObject> children, Action<JsonObject>? change = null, string? tag = null) => AddManifest(
        new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = MediaTypes.Index, ["manifests"] = new JsonArray([.. children]) }, change, tag);

    /// <summary>A descriptor of a child for a platform.</summary>
    public static JsonObject For(Document child, string architecture)
    {
        var descriptor = child.Descriptor;
        descriptor["platform"] = new JsonObject { ["os"] = "linux", ["architecture"] = architecture };
        return descriptor;
    }

    public Document AddManifest(JsonObject json, Action<JsonObject>? change = null, string? tag = null)
    {
        change?.Invoke(json);
        var bytes = Encoding.UTF8.GetBytes(json.ToJsonString());
        var document = new Document(json["mediaType"]!.GetValue<string>(), bytes, Digests.Of(bytes, algorithm));
        Manifests.Add(document);
        if (tag is not null) Tags[tag] = document;
        if (document.Subject is { } subject) Referrers.Add(Referrer.Of(subject, document, json));
        return document;
    }

    public async Task PushBlobsAsync(Repository repository)
    {
        foreach (var (digest, content) in Blobs)
            (await repository.Registry.SendAsync("PUT", Digests.Onto(await repository.BeginAsync(), digest), content)).Should(HttpStatusCode.Created);
    }
}
