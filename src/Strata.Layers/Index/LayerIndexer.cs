using System.Security.Cryptography;
using Strata.Content;
using Strata.Layers.Indexes;
using Strata.Oci;

namespace Strata.Layers;

/// <summary>Makes the index of a layer that streams by: every entry, and the sha256 of every file's content.</summary>
public sealed class LayerIndexer : ILayerVisitor, IHoleVisitor, IDisposable
{
    /// <summary>
    /// Holes of one file that are hashed as the zeros they read as. Beyond, the file has no digest: a few bytes of an archive could ask for
    /// hours.
    /// </summary>
    private const long MaxHashedHoles = 1L << 32;

    private static readonly byte[] Zeros = new byte[64 * 1024];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly RecordWriter _records = new();
    private LayerEntry? _open;
    private long _holes;
    private long _files;
    private long _directories;
    private long _removals;
    private long _contentSize;
    private bool _hidesLowerLayers;

    public bool Enter(LayerEntry entry)
    {
        Count(entry);
        if (entry.Type == EntryType.File && entry.Size > 0 && entry.Whiteout == Whiteout.None)
        {
            (_open, _holes) = (entry, 0);
            return true;
        }
        _records.Add(entry, []);
        return false;
    }

    public void Content(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    public void Hole(long length)
    {
        if (_holes > MaxHashedHoles - length)
        {
            _holes = long.MaxValue;
            return;
        }
        _holes += length;
        for (; length > 0; length -= Zeros.Length) _hash.AppendData(Zeros, 0, (int)Math.Min(length, Zeros.Length));
    }

    public void Leave()
    {
        Span<byte> hash = stackalloc byte[32];
        _hash.GetHashAndReset(hash);
        _records.Add(_open!, _holes == long.MaxValue ? [] : hash);
        _open = null;
    }

    /// <summary>Keeps the index. When this returns, it is on disk. Call it when the layer's digests hold.</summary>
    public void Save(string layersFolder, Digest diffId)
    {
        var path = LayerIndex.PathIn(layersFolder, diffId);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DurableFile.Write(path, ToFile());
    }

    internal byte[] ToFile() => _records.ToFile(new LayerTotals
    {
        Entries = _records.Count,
        Files = _files,
        Directories = _directories,
        Removals = _removals,
        ContentSize = _contentSize,
        HidesLowerLayers = _hidesLowerLayers,
    });

    public void Dispose() => _hash.Dispose();

    private void Count(LayerEntry entry)
    {
        if (entry.Whiteout == Whiteout.Path) _removals++;
        else if (entry.Whiteout == Whiteout.Opaque) _hidesLowerLayers |= entry.Path.Length == 0;
        else if (entry.Type == EntryType.File) _files++;
        else if (entry.Type == EntryType.Directory) _directories++;
        if (entry.Whiteout == Whiteout.None) _contentSize += entry.Size;
    }
}
