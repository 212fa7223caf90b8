namespace Strata.Registry.Server;

/// <summary>What a garbage collection removed, or would.</summary>
public sealed class CollectedGarbage
{
    private readonly List<BlobKey> _unneeded = [];

    /// <summary>Manifests that can no longer be brought back.</summary>
    public long Manifests { get; internal set; }

    /// <summary>Blobs taken out of a repository in which nothing names them.</summary>
    public long Links { get; internal set; }

    /// <summary>Blobs that no repository links any more.</summary>
    public long Blobs { get; private set; }

    /// <summary>Bytes of those.</summary>
    public long Bytes { get; private set; }

    internal IReadOnlyList<BlobKey> Unneeded => _unneeded;

    internal void Add(BlobKey key, long size)
    {
        _unneeded.Add(key);
        Blobs++;
        Bytes += size;
    }

    internal void Add(CollectedGarbage other)
    {
        Manifests += other.Manifests;
        Links += other.Links;
        Blobs += other.Blobs;
        Bytes += other.Bytes;
    }
}
