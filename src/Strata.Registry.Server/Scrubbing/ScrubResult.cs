using System.Collections.Immutable;

namespace Strata.Registry.Server;

/// <summary>What a check of blobs found.</summary>
public sealed record ScrubResult
{
    /// <summary>Blobs that were read.</summary>
    public long Blobs { get; init; }

    /// <summary>Bytes of those.</summary>
    public long Bytes { get; init; }

    /// <summary>Digests of those that no longer have it.</summary>
    public ImmutableArray<string> Damaged { get; init; } = [];

    internal ScrubResult With(StoredEntry blob, bool isDamaged) => this with
    {
        Blobs = Blobs + 1,
        Bytes = Bytes + blob.Size,
        Damaged = isDamaged ? Damaged.Add(blob.Key.Digest.ToString()) : Damaged,
    };
}
