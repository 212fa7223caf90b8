using Strata.Build.Cache;

namespace Strata.Build;

public sealed partial class Builder
{
    /// <summary>
    /// Removes what the cache of builds knows of layers that are gone, and with <paramref name="all"/> everything that makes the next build quick: records,
    /// digests of files, and cache mounts that no process uses.
    /// </summary>
    /// <returns>How many steps are known no more, and the bytes of what was removed.</returns>
    public PrunedBuilds PruneCache(bool all, bool dryRun)
    {
        if (all && !dryRun) store.Unpin(Holder);
        var cache = new BuildCache(store, clock);
        var going = cache.All().Where(r => all || !store.Contains(r.Record.Layer.Digest)).Select(r => r.Key).ToArray();
        var freed = all ? new CacheMounts(store.Root).RemoveUnused(dryRun) : 0;
        if (!dryRun)
        {
            foreach (var key in going) cache.Remove(key);
            // A store in which nothing was ever built has no folder of builds.
            var digests = Path.Combine(store.Root, "builds", "stat-cache");
            if (all && File.Exists(digests)) File.Delete(digests);
        }
        return new PrunedBuilds(going.Length, freed);
    }
}

/// <summary>What was taken from the cache of builds.</summary>
/// <param name="MountBytes">Of cache mounts.</param>
public sealed record PrunedBuilds(int Steps, long MountBytes);
