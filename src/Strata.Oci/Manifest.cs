using System.Text.Json.Serialization;

namespace Strata.Oci;

/// <summary>An image of one platform: its config and its layers, the base first. OCI image spec, manifest.md; Docker schema 2 reads the same.</summary>
public sealed record Manifest
{
    /// <summary>Registries and clients refuse larger ones. Distribution spec, "Pushing Manifests".</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    [JsonPropertyName("schemaVersion")]
    public int SchemaVersion { get; init; } = 2;

    [JsonPropertyName("mediaType")]
    public string? MediaType { get; init; }

    [JsonPropertyName("artifactType")]
    public string? ArtifactType { get; init; }

    [JsonPropertyName("config")]
    public required Descriptor Config { get; init; }

    [JsonPropertyName("layers")]
    public required IReadOnlyList<Descriptor> Layers { get; init; }

    [JsonPropertyName("subject")]
    public Descriptor? Subject { get; init; }

    [JsonPropertyName("annotations")]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <exception cref="DocumentException">The bytes are no image manifest; the message says why.</exception>
    public static Manifest Parse(ReadOnlySpan<byte> json)
    {
        var manifest = Documents.Read(json, MaxBytes, "image manifest", OciJson.Default.Manifest);
        if (manifest.SchemaVersion != 2)
            throw new DocumentException($"image manifest has schemaVersion {manifest.SchemaVersion}; only 2 is supported");
        if (manifest.Config is null || manifest.Layers is null)
            throw new DocumentException("image manifest lacks its config or its layers");
        manifest.Config.Check("the manifest's config");
        for (var i = 0; i < manifest.Layers.Count; i++)
        {
            if (manifest.Layers[i] is null) throw new DocumentException($"layer {i + 1} of the manifest is null");
            manifest.Layers[i].Check($"layer {i + 1} of the manifest");
        }
        manifest.Subject?.Check("the manifest's subject");
        return manifest;
    }

    /// <summary>The document as bytes, deterministic: the same manifest gives the same digest anywhere.</summary>
    public byte[] ToBytes() => Documents.Write(this, OciJson.Default.Manifest);
}
