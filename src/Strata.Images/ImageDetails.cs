using Strata.Oci;

namespace Strata.Images;

/// <summary>One image of one platform, with all its documents.</summary>
public sealed record ImageDetails
{
    /// <summary>The config's digest: docker's image ID.</summary>
    public required Digest Id { get; init; }

    /// <summary>Points at the manifest.</summary>
    public required Descriptor ManifestDescriptor { get; init; }

    public required Manifest Manifest { get; init; }

    public required ImageConfig Config { get; init; }

    /// <summary>What the index that the name leads to says of this image, and of all in it; null where there is no index, or it says nothing.</summary>
    public IReadOnlyDictionary<string, string>? IndexAnnotations { get; init; }

    /// <summary>All names in the store that lead to this image.</summary>
    public required IReadOnlyList<Reference> Names { get; init; }

    /// <summary>The repositories that it was pulled from or pushed to, with the digest it has there: <c>python@sha256:…</c>.</summary>
    public required IReadOnlyList<Reference> RepoDigests { get; init; }

    /// <summary>The layers, base first, with what made them and what they change.</summary>
    public required IReadOnlyList<LayerDetails> Layers { get; init; }

    public long CompressedSize => ManifestDescriptor.Size + Manifest.Config.Size + Manifest.Layers.Sum(l => l.Size);

    /// <summary>Bytes of all layers unpacked; null when a layer's index is not there yet.</summary>
    public long? UnpackedSize => Layers.Any(l => l.UnpackedSize is null) ? null : Layers.Sum(l => l.UnpackedSize);
}
