using System.Text.Json.Serialization;

namespace Strata.Oci;

/// <summary>One name for several manifests, usually one a platform. OCI image spec, image-index.md; a Docker manifest list reads the same.</summary>
public sealed record ImageIndex
{
    [JsonPropertyName("schemaVersion")]
    public int SchemaVersion { get; init; } = 2;

    [JsonPropertyName("mediaType")]
    public string? MediaType { get; init; }

    [JsonPropertyName("artifactType")]
    public string? ArtifactType { get; init; }

    [JsonPropertyName("manifests")]
    public required IReadOnlyList<Descriptor> Manifests { get; init; }

    [JsonPropertyName("subject")]
    public Descriptor? Subject { get; init; }

    [JsonPropertyName("annotations")]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <exception cref="DocumentException">The bytes are no image index; the message says why.</exception>
    public static ImageIndex Parse(ReadOnlySpan<byte> json) => Parse(json, Manifest.MaxBytes);

    /// <summary>Reads a local index, which may grow past what a registry accepts.</summary>
    public static ImageIndex Parse(ReadOnlySpan<byte> json, int maxBytes)
    {
        var index = Documents.Read(json, maxBytes, "image index", OciJson.Default.ImageIndex);
        if (index.SchemaVersion != 2)
            throw new DocumentException($"image index has schemaVersion {index.SchemaVersion}; only 2 is supported");
        if (index.Manifests is null) throw new DocumentException("image index has no list of manifests");
        for (var i = 0; i < index.Manifests.Count; i++)
        {
            if (index.Manifests[i] is null) throw new DocumentException($"manifest {i + 1} of the index is null");
            index.Manifests[i].Check($"manifest {i + 1} of the index");
        }
        index.Subject?.Check("the index's subject");
        return index;
    }

    /// <summary>What the index says of one of its manifests, over what it says of all; null when it says nothing.</summary>
    public IReadOnlyDictionary<string, string>? AnnotationsOf(Digest manifest)
    {
        var own = Manifests.FirstOrDefault(m => m.Digest == manifest)?.Annotations;
        if (own is null || Annotations is null) return own ?? Annotations;
        var all = new Dictionary<string, string>(Annotations, StringComparer.Ordinal);
        foreach (var (key, value) in own) all[key] = value;
        return all;
    }

    public byte[] ToBytes() => Documents.Write(this, OciJson.Default.ImageIndex);
}
