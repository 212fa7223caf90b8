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

    /// <summary>Removes what is not needed, and what killed processes left half-written.</summary>
    /// <param name="needed">Called when no lease is held.</param>
    /// <param name="removeLayer">Removes what an unpacked layer has, which only those who unpack know how to.</param>
    /// <returns>What was removed, or null when something is in flight: then a later sweep does it.</returns>
    public Swept? TrySweep(Func<NeededContent> needed, Action<Digest> removeLayer)
    {
        using var held = ToWrite(() => FileLock.TryExclusive(_sweepLock));
        if (held is null) return null;
        var keep = needed();
        var removed = new List<Digest>();
        long freed = 0;
        foreach (var (digest, size) in Blobs().Where(b => !keep.Blobs.Contains(b.Digest)).ToArray())
        {
            File.Delete(BlobPath(digest));
            removed.Add(digest);
            freed += size;
        }
        var partials = Partials().Where(keep.IsNeededPartial).Select(p => p.Digest).ToHashSet();
        var left = IngestFiles().Where(f => f.Digest is not { } digest || !partials.Contains(digest)).Select(f => f.File);
        var facts = FactFiles().Where(f => !keep.IsNeededFact(f.Digest)).Select(f => f.File);
        foreach (var file in left.Concat(facts).ToArray())
        {
            freed += file.Length;
            file.Delete();
        }
        foreach (var folder in LayerFolders().Where(f => !keep.IsNeededLayer(f.DiffId)).ToArray())
        {
            removeLayer(folder.DiffId);
            Directory.Delete(folder.Path, recursive: true);
        }
        return new Swept(removed, freed);
    }

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

/// <summary>What a sweep leaves.</summary>
/// <param name="Blobs">Every digest that is needed.</param>
/// <param name="IsNeededLayer">Of a diffID under <see cref="ContentStore.Layers"/>.</param>
public sealed record NeededContent(IReadOnlySet<Digest> Blobs, Func<Digest, bool> IsNeededLayer)
{
    /// <summary>Of the digest that files under <see cref="ContentStore.Facts"/> are about.</summary>
    public Func<Digest, bool> IsNeededFact { get; init; } = _ => true;

    public Func<PartialDownload, bool> IsNeededPartial { get; init; } = _ => true;
}

/// <summary>What a sweep removed.</summary>
/// <param name="FreedBytes">Bytes of blobs, ingests and facts; who removes layers knows theirs.</param>
public sealed record Swept(IReadOnlyList<Digest> Removed, long FreedBytes);
