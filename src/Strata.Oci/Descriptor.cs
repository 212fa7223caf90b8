using System.Text.Json.Serialization;

namespace Strata.Oci;

/// <summary>Points at content: what it is, its digest, and its exact size in bytes. OCI image spec, descriptor.md.</summary>
public sealed record Descriptor
{
    [JsonPropertyName("mediaType")]
    public required string MediaType { get; init; }

    [JsonPropertyName("digest")]
    public required Digest Digest { get; init; }

    /// <summary>Bytes.</summary>
    [JsonPropertyName("size")]
    public required long Size { get; init; }

    [JsonPropertyName("urls")]
    public IReadOnlyList<string>? Urls { get; init; }

    [JsonPropertyName("annotations")]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    [JsonPropertyName("platform")]
    public Platform? Platform { get; init; }

    [JsonPropertyName("artifactType")]
    public string? ArtifactType { get; init; }

    internal void Check(string where)
    {
        if (!Digest.IsKnown) throw new DocumentException($"{where} has no digest");
        if (Size < 0) throw new DocumentException($"{where} says its size is {Size} bytes");
        if (string.IsNullOrEmpty(MediaType)) throw new DocumentException($"{where} has no mediaType");
    }
}
