using Strata.Oci;

namespace Strata.Content;

public sealed partial class ContentStore
{
    /// <summary>
    /// Says "content of mine has no name yet": while a lease is held, by any process, nothing is swept. The kernel ends it with the process.
    /// </summary>
    /// <exception cref="StoreException">Nothing can be written here.</exception>
    public IDisposable Lease() => ToWrite(() => FileLock.Shared(_sweepLock));

    /// <summary>
    /// A lease for one who only reads, and who may be on a disk where nothing can be written. Null when there is nothing to hold.
    /// </summary>
    public IDisposable? LeaseToRead() => FileLock.SharedByReader(_sweepLock);

    /// <summary>
    /// Removes blobs that <paramref name="reachable"/> does not list, and what killed processes left half-written.
    /// </summary>
    /// <param name="reachable">Called when no lease is held; gives every digest that is needed.</param>
    /// <param name="isNeededLayer">Says of a diffID under <see cref="Layers"/> whether it stays.</param>
    /// <param name="removeLayer">Removes what an unpacked layer has, which only those who unpack know how to.</param>
    /// <returns>What was removed, or null when something is in flight: then a later sweep does it.</returns>
    /// <param name="abandonedBefore">Downloads that nobody has gone on with since then go, too; null keeps them all.</param>
    public Swept? TrySweep(Func<IReadOnlySet<Digest>> reachable, Func<Digest, bool> isNeededLayer, Action<Digest> removeLayer, DateTimeOffset? abandonedBefore = null)
    {
        using var held = ToWrite(() => FileLock.TryExclusive(_sweepLock));
        if (held is null) return null;
        var keep = reachable();
        var removed = new List<Digest>();
        long freed = 0;
        foreach (var (digest, size) in Blobs().ToArray())
        {
            if (keep.Contains(digest)) continue;
            File.Delete(BlobPath(digest));
            removed.Add(digest);
            freed += size;
        }
        foreach (var left in new DirectoryInfo(_ingest).EnumerateFiles())
            if (!IsResumable(left) || new DateTimeOffset(left.LastWriteTimeUtc) < abandonedBefore) left.Delete();
        foreach (var folder in LayerFolders().Where(f => !isNeededLayer(f.DiffId)).ToArray())
        {
            removeLayer(folder.DiffId);
            Directory.Delete(folder.Path, recursive: true);
        }
        return new Swept(removed, freed);
    }

    /// <summary>A download has its digest in its name, and can go on; other files there belong to processes that are gone.</summary>
    private static bool IsResumable(FileInfo file) =>
        Digest.TryParse(Path.GetFileNameWithoutExtension(file.Name).Replace('-', ':'), provider: null, out _);

    private IEnumerable<(Digest DiffId, string Path)> LayerFolders()
    {
        foreach (var algorithm in Enum.GetValues<DigestAlgorithm>())
        {
            var parent = new DirectoryInfo(Path.Combine(Layers, algorithm.Prefix()));
            if (!parent.Exists) continue;
            foreach (var folder in parent.EnumerateDirectories())
                if (Digest.TryParse($"{algorithm.Prefix()}:{folder.Name}", out var diffId)) yield return (diffId, folder.FullName);
        }
    }
}

/// <summary>What a sweep removed.</summary>
public sealed record Swept(IReadOnlyList<Digest> Removed, long FreedBytes);
