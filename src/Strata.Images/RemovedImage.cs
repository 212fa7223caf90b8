using Strata.Oci;

namespace Strata.Images;

/// <summary>What a removal did: the names that went, the images and layers that nothing needs any more, and the bytes that came free.</summary>
/// <param name="FreedBytes">Bytes on disk: blobs, and what was derived of layers.</param>
public sealed record RemovedImage(IReadOnlyList<Reference> Untagged, IReadOnlyList<Digest> Deleted, long FreedBytes)
{
    /// <summary>Bytes of the image that stay, since other images need them.</summary>
    public long SharedBytes { get; init; }

    /// <summary>How many images those are.</summary>
    public int SharedWith { get; init; }
}

/// <summary>What to prune.</summary>
public sealed record PruneOptions
{
    /// <summary>Images with a name, too: nothing runs from them. Otherwise only those that have lost theirs.</summary>
    public bool All { get; init; }

    /// <summary>Only images made before; null for no limit.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How much the store may hold: while it holds more, images with a name go, too. Null for no limit.</summary>
    public Budget? Budget { get; init; }

    /// <summary>Say what would go, and change nothing.</summary>
    public bool DryRun { get; init; }
}

/// <summary>What was pruned, or would be.</summary>
/// <param name="Untagged">Names that went.</param>
/// <param name="Images">The manifests of the images that went.</param>
/// <param name="FreedBytes">Bytes on disk: blobs that nothing needs, what was derived of layers, and what downloads and killed processes left.</param>
/// <param name="SharedBytes">Bytes of those images that stay, since others need them.</param>
/// <param name="SharedWith">How many images those are.</param>
/// <param name="IsSwept">False when another process has content in flight: the bytes go with a later sweep.</param>
public sealed record PrunedImages(
    IReadOnlyList<Reference> Untagged, IReadOnlyList<Digest> Images, long FreedBytes, long SharedBytes, int SharedWith, bool IsSwept)
{
    /// <summary>Layers of images that stay, of which what was derived went; it comes back when it is needed.</summary>
    public IReadOnlyList<Digest> Derived { get; init; } = [];

    /// <summary>What the store takes afterwards.</summary>
    public long UsedBytes { get; init; }

    /// <summary>What it may take by the budget that was given; null when that sets no limit.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>False when nothing more may go, and it is still too much: what is left was used too lately, or is reserved.</summary>
    public bool IsWithinBudget => LimitBytes is not { } limit || UsedBytes <= limit;
}
