namespace Strata.Registry.Server;

/// <summary>
/// Removes what nothing needs, while the registry goes on. It takes its turns in the queue of writes, a batch at a time: what it costs is
/// in proportion to what it removes, and whatever a client does comes before or after a batch, never in the middle. Bytes are removed when
/// the tables no longer know them, under a key that no later push uses; a crash in between leaves bytes for the <see cref="OrphanSweep"/>.
/// </summary>
internal sealed class GarbageCollector(RegistryDatabase database, IBlobStorage storage, GarbageOptions options, TimeProvider time)
{
    private const int Batch = 100;

    /// <summary>Collects all that is garbage now.</summary>
    public async ValueTask<CollectedGarbage> CollectAsync(CancellationToken cancellationToken)
    {
        var all = new CollectedGarbage();
        while (true)
        {
            var collected = new CollectedGarbage();
            var found = await database.WriteAsync(w => Step(w, Batch, collected), cancellationToken).ConfigureAwait(false);
            // From here on nobody can find these bytes: they go even if the registry is being stopped.
            foreach (var key in collected.Unneeded) await storage.RemoveAsync(key, CancellationToken.None).ConfigureAwait(false);
            all.Add(collected);
            if (found == 0) return all;
        }
    }

    /// <summary>What <see cref="CollectAsync"/> would remove now: the same steps, undone. Writes wait for it.</summary>
    public async ValueTask<CollectedGarbage> PreviewAsync(CancellationToken cancellationToken)
    {
        var all = new CollectedGarbage();
        await database.TryAsync(
            w =>
            {
                while (Step(w, int.MaxValue, all) > 0) cancellationToken.ThrowIfCancellationRequested();
            },
            cancellationToken).ConfigureAwait(false);
        return all;
    }

    private int Step(MetadataWrites writes, int most, CollectedGarbage collected)
    {
        var now = time.GetUtcNow();
        return writes.EraseExpired(Before(now, options.KeepDeleted), now.ToUnixTimeMilliseconds(), most, collected)
            + writes.ForgetMoves(Before(now, options.KeepHistory), most)
            + writes.UnlinkUnreferenced(Before(now, options.Lease), most, collected);
    }

    private static long Before(DateTimeOffset now, TimeSpan age) => (now - age).ToUnixTimeMilliseconds();
}
