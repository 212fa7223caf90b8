using Strata.Oci;

namespace Strata.Images;

/// <summary>What one image weighs on disk: blobs, and what is derived of its layers.</summary>
public sealed record ImageUsage
{
    /// <summary>The config's digest: docker's image ID; null when the image is damaged.</summary>
    public required Digest? Id { get; init; }

    public required Digest Manifest { get; init; }

    public required IReadOnlyList<Reference> Names { get; init; }

    public required DateTimeOffset? Created { get; init; }

    /// <summary>Bytes that no other image needs: exactly what removing it frees.</summary>
    public required long UniqueBytes { get; init; }

    /// <summary>Bytes that other images need, too.</summary>
    public required long SharedBytes { get; init; }

    /// <summary>How many other images those are.</summary>
    public required int SharedWith { get; init; }

    /// <summary>Not all that the image needs could be read; `verify` says more.</summary>
    public required bool IsDamaged { get; init; }

    public long Bytes => UniqueBytes + SharedBytes;
}

/// <summary>What the store holds, in bytes on disk.</summary>
public sealed record StoreUsage
{
    public required IReadOnlyList<ImageUsage> Images { get; init; }

    /// <summary>Blobs: manifests, configs, compressed layers.</summary>
    public required UsagePart Blobs { get; init; }

    /// <summary>What is derived of layers: indexes and unpacked trees, by diffID.</summary>
    public required UsagePart Layers { get; init; }

    /// <summary>What else is derived: packages, findings.</summary>
    public required UsagePart Facts { get; init; }

    /// <summary>Downloads under way, and what killed ones have left.</summary>
    public required UsagePart Ingest { get; init; }

    public long Bytes => Blobs.Bytes + Layers.Bytes + Facts.Bytes + Ingest.Bytes;
}

/// <param name="Count">How many there are.</param>
/// <param name="Active">How many of them an image with a name needs.</param>
/// <param name="ReclaimableBytes">Bytes that `prune` frees.</param>
public sealed record UsagePart(int Count, int Active, long Bytes, long ReclaimableBytes);
