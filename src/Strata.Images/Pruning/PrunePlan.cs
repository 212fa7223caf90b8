using Strata.Content;
using Strata.Images.Usage;
using Strata.Oci;

namespace Strata.Images.Pruning;

/// <summary>
/// What a prune takes away, decided before anything goes: so a dry run says what the run would do. What nobody named goes in any case. While
/// the store is over its budget, more goes, the longest unused first: beginnings of downloads, then what is derived of layers, which comes
/// back by itself, and only then images with names.
/// </summary>
internal sealed class PrunePlan
{
    private readonly StoreLedger _ledger;
    private readonly Dictionary<Digest, DateTimeOffset> _used;
    private readonly long _limit;
    private readonly long _reserved;
    private readonly DateTimeOffset? _keptSince;
    private readonly HashSet<Digest> _partials = [];

    /// <param name="candidates">Images that may go.</param>
    /// <param name="lastUse">When an image was last used.</param>
    /// <param name="mustGo">Those of the candidates that go whatever the budget.</param>
    public PrunePlan(ContentStore store, StoreMark mark, IReadOnlyList<MarkedImage> candidates, Func<MarkedImage, bool> mustGo,
        Func<MarkedImage, DateTimeOffset> lastUse, Budget? budget, DateTimeOffset now, TimeSpan partialsStay)
    {
        _used = mark.Images.ToDictionary(i => i.Manifest, lastUse);
        _keptSince = budget?.KeepDuration is { } keep ? now - keep : null;
        var abandoned = now - partialsStay;
        _ledger = new StoreLedger(store, mark, p => p.LastWritten < abandoned);
        foreach (var partial in _ledger.Partials.Where(p => p.LastWritten < abandoned)) _partials.Add(partial.Digest);
        var disk = DiskSpace.Of(store.Root);
        (_limit, _reserved) = budget is null ? (long.MaxValue, 0) : (budget.Limit(_ledger.Total, disk), budget.Reserved(disk));

        var free = candidates.Where(i => IsFree(_used[i.Manifest])).OrderBy(i => _used[i.Manifest]).ThenBy(i => i.Manifest.Hex, StringComparer.Ordinal).ToArray();
        foreach (var image in free.Where(mustGo)) Go(image);
        if (budget is null) return;
        TakePartials();
        TakeDerived(mark);
        foreach (var image in free.Where(i => !mustGo(i)))
            if (MayGo(_ledger.OnlyOf(image))) Go(image);
    }

    public HashSet<MarkedImage> Images { get; } = [];

    /// <summary>Layers of images that stay, whose unpacked trees, indexes and facts go.</summary>
    public HashSet<Digest> Derived { get; } = [];

    public long FreedBytes => _ledger.Total - _ledger.Left;

    public long UsedBytes => _ledger.Left;

    /// <summary>Null when no budget was given.</summary>
    public long? LimitBytes => _limit == long.MaxValue ? null : _limit;

    public bool Keeps(PartialDownload partial) => !_partials.Contains(partial.Digest);

    private bool IsFree(DateTimeOffset used) => _keptSince is not { } since || used < since;

    /// <summary>The store is over its budget, and not brought below what it may always take.</summary>
    private bool MayGo(long bytes) => _ledger.Left > _limit && _ledger.Left - bytes >= _reserved;

    private void Go(MarkedImage image)
    {
        _ledger.Take(image);
        Images.Add(image);
    }

    private void TakePartials()
    {
        foreach (var partial in _ledger.Partials.Where(p => IsFree(p.LastWritten)))
        {
            if (!MayGo(partial.Bytes) || !_partials.Add(partial.Digest)) continue;
            _ledger.Take(partial);
        }
    }

    private void TakeDerived(StoreMark mark)
    {
        // A layer is as fresh as the freshest image that has it.
        var layers = new Dictionary<Digest, DateTimeOffset>();
        foreach (var image in mark.Images.Where(i => !Images.Contains(i)))
            foreach (var layer in image.DiffIds)
                layers[layer] = layers.TryGetValue(layer, out var at) && at > _used[image.Manifest] ? at : _used[image.Manifest];
        // A mounted tree cannot come back by itself.
        foreach (var layer in mark.PinnedLayers) layers.Remove(layer);
        foreach (var (layer, used) in layers.OrderBy(l => l.Value).ThenBy(l => l.Key.Hex, StringComparer.Ordinal))
        {
            var bytes = _ledger.DerivedOf(layer);
            if (bytes == 0 || !IsFree(used) || !MayGo(bytes)) continue;
            _ledger.TakeDerived(layer);
            Derived.Add(layer);
        }
    }
}
