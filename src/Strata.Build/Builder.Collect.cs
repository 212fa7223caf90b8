using Strata.Build.Cache;
using Strata.Images;
using Strata.Oci;

namespace Strata.Build;

public sealed partial class Builder
{
    private const string Holder = "build-cache";

    /// <summary>
    /// Brings the cache of builds into its budget: what was used longest ago goes first, steps and cache mounts alike. What stays is kept from sweeps,
    /// whether an image needs it or not; the blobs of what goes are freed by the next prune.
    /// </summary>
    /// <returns>What went, or would go.</returns>
    public async Task<PrunedBuilds> CollectCacheAsync(Budget budget, bool dryRun, CancellationToken cancellationToken)
    {
        using var lease = store.Lease();
        var cache = new BuildCache(store, clock);
        var mounts = new CacheMounts(store.Root);
        var records = cache.All().Where(r => store.Contains(r.Record.Layer.Digest)).ToArray();
        var users = records.GroupBy(r => r.Record.Layer.Digest).ToDictionary(g => g.Key, g => g.Count());
        var folders = mounts.All().ToArray();
        var used = users.Keys.Sum(SizeOf) + folders.Sum(f => f.Bytes);
        var disk = DiskSpace.Of(store.Root);
        var (limit, reserved) = (budget.Limit(used, disk), budget.Reserved(disk));
        var keptSince = budget.KeepDuration is { } keep ? clock.GetUtcNow().UtcDateTime - keep : (DateTime?)null;
        var items = records.Select(r => (r.LastUsed, r.Key, Layer: (Digest?)r.Record.Layer.Digest, Bytes: SizeOf(r.Record.Layer.Digest)))
            .Concat(folders.Select(f => (f.LastUsed, Key: f.Name, Layer: (Digest?)null, f.Bytes)))
            .Where(i => keptSince is null || i.LastUsed < keptSince).OrderBy(i => i.LastUsed).ThenBy(i => i.Key, StringComparer.Ordinal);
        HashSet<string> going = new(StringComparer.Ordinal), gone = new(StringComparer.Ordinal);
        foreach (var (_, key, layer, bytes) in items)
        {
            if (used <= limit || used - bytes < reserved) break;
            if (layer is null && !mounts.TryRemove(key, dryRun)) continue;
            (layer is null ? gone : going).Add(key);
            // A layer that several steps made goes with the last of them.
            if (layer is not { } digest || --users[digest] == 0) used -= bytes;
        }
        if (!dryRun)
        {
            foreach (var key in going) cache.Remove(key);
            await KeepAsync([.. records.Where(r => !going.Contains(r.Key)).Select(r => r.Record.Layer).DistinctBy(l => l.Digest)], cancellationToken).ConfigureAwait(false);
        }
        return new PrunedBuilds(going.Count, folders.Where(f => gone.Contains(f.Name)).Sum(f => f.Bytes));
    }

    /// <summary>What the cache of builds takes.</summary>
    /// <param name="needed">Blobs that images need: those of the cache's layers cost nothing more.</param>
    public CacheUse CacheUse(IReadOnlySet<Digest> needed)
    {
        var layers = new BuildCache(store, clock).All().Select(r => r.Record.Layer.Digest).Distinct().Where(store.Contains).ToArray();
        var folders = new CacheMounts(store.Root).All().ToArray();
        return new CacheUse(layers.Length + folders.Length, layers.Count(needed.Contains), layers.Where(l => !needed.Contains(l)).Sum(SizeOf), folders.Sum(f => f.Bytes), layers.Sum(SizeOf));
    }

    /// <summary>What stays is a manifest of its layers, pinned: so every sweep knows of it.</summary>
    private async Task KeepAsync(IReadOnlyList<Descriptor> layers, CancellationToken cancellationToken)
    {
        var manifest = new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            ArtifactType = "application/vnd.strata.build.kept.v1",
            Config = EmptyDocument.Descriptor,
            Layers = [.. layers.OrderBy(l => l.Digest.Hex, StringComparer.Ordinal)],
        };
        var kept = await store.AddDocumentAsync(MediaTypes.OciManifest, manifest.ToBytes(), cancellationToken).ConfigureAwait(false);
        store.Pin(Holder, new Content.ContentPin("the cache of builds", kept.Digest, []));
    }

    private long SizeOf(Digest layer) => new FileInfo(store.BlobPath(layer)) is { Exists: true } file ? file.Length : 0;
}

/// <summary>What the cache of builds takes on disk.</summary>
/// <param name="Entries">Layers and cache mounts.</param>
/// <param name="Shared">Layers that images need, too.</param>
/// <param name="OwnBytes">Of layers that no image needs.</param>
/// <param name="MountBytes">Of cache mounts.</param>
/// <param name="LayerBytes">Of all its layers.</param>
public sealed record CacheUse(int Entries, int Shared, long OwnBytes, long MountBytes, long LayerBytes);
