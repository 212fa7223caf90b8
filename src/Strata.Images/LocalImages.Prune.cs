using Strata.Images.Pruning;
using Strata.Images.Usage;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// Removes the images that nobody named, or all, or the longest unused ones until the store keeps its budget; and whatever else nothing
    /// needs: blobs, indexes, what killed processes left.
    /// </summary>
    /// <exception cref="ImageException">An image that stays is damaged, so that what it needs is not known: nothing is removed.</exception>
    public PrunedImages Prune(PruneOptions options)
    {
        var mark = StoreMark.Of(store);
        var plan = Plan(mark, options);
        var going = plan.Images.Select(i => i.Manifest).ToHashSet();
        Complete(mark, going);
        var (shared, with) = SharedByAll(mark, [.. plan.Images], going);
        var entries = plan.Images.SelectMany(i => i.Entries).ToHashSet();
        var pruned = new PrunedImages([.. entries.Select(e => e.Name).OfType<Reference>()], [.. going], plan.FreedBytes, shared, with, IsSwept: false)
        {
            Derived = [.. plan.Derived],
            UsedBytes = plan.UsedBytes,
            LimitBytes = plan.LimitBytes,
        };
        if (options.DryRun) return pruned;
        // A name that was given meanwhile keeps its image.
        if (going.Count > 0) ImageNames.Remove(store, entries.Contains);
        var (swept, freed) = Sweep(plan);
        return pruned with { FreedBytes = freed, IsSwept = swept is not null, UsedBytes = plan.UsedBytes + plan.FreedBytes - freed };
    }

    /// <summary>What the store may take by a budget, as it is now; null when the budget sets no limit.</summary>
    public long? LimitOf(Budget budget, StoreUsage usage) => budget.Limit(usage.Bytes, DiskSpace.Of(store.Root)) is < long.MaxValue and var limit ? limit : null;

    private PrunePlan Plan(StoreMark mark, PruneOptions options)
    {
        var dangling = Dangling(mark);
        bool MustGo(MarkedImage image) => (options.All && options.Budget is null) || dangling.Contains(image.Manifest);
        var candidates = mark.Images.Where(i => (MustGo(i) || options.Budget is not null) && (options.Until is null || CreatedOf(i) < options.Until) && !mark.UsersOf(i).Any()).ToArray();
        return new PrunePlan(store, mark, candidates, MustGo, LastUse, options.Budget, clock.GetUtcNow(), PartialsStay);
    }

    /// <summary>Of an index, the last use of any image below it; what is not known is long ago.</summary>
    private DateTimeOffset LastUse(MarkedImage image) => image.Manifests.Max(store.LastUsed) ?? DateTimeOffset.UnixEpoch;

    private (long Bytes, int Images) SharedByAll(StoreMark mark, MarkedImage[] images, HashSet<Digest> going)
    {
        // A blob that two of the going share with one that stays counts once.
        var staying = mark.Images.Where(i => !going.Contains(i.Manifest)).ToArray();
        var blobs = images.SelectMany(i => i.Blobs).ToHashSet();
        var layers = images.SelectMany(i => i.DiffIds).ToHashSet();
        var sharers = staying.Where(s => s.Blobs.Overlaps(blobs)).ToArray();
        var bytes = blobs.Where(b => staying.Any(s => s.Blobs.Contains(b))).Sum(b => DiskUse.OfBlob(store, b))
            + layers.Where(l => staying.Any(s => s.DiffIds.Contains(l))).Sum(l => DiskUse.OfLayer(store, l));
        return (bytes, sharers.Length);
    }
}
