using Microsoft.Extensions.Logging;

namespace Strata.Registry.Server;

/// <summary>Removes bytes that the tables do not know: what a crash left between storing and linking a blob, or between unlinking and removing it.</summary>
internal sealed class OrphanSweep(RegistryDatabase database, IBlobStorage storage, GarbageOptions options, TimeProvider time, ILogger<OrphanSweep> logger)
{
    /// <summary>A push stores and links within moves of each other; an hour is far more than it can take.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromHours(1);

    /// <returns>How many were removed.</returns>
    public async ValueTask<int> SweepAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - (options.Lease > Least ? options.Lease : Least);
        var removed = 0;
        await foreach (var stored in storage.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (stored.Written > before || IsKnown(stored.Key)) continue;
            await storage.RemoveAsync(stored.Key, cancellationToken).ConfigureAwait(false);
            logger.OrphanRemoved(stored.Key.Digest.ToString(), stored.Size);
            removed++;
        }
        return removed;
    }

    private bool IsKnown(BlobKey key) => database.Read(key, static (r, k) => r.Stored(k.Digest)?.Key.Generation == k.Generation);
}
