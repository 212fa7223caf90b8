using Strata.Layers.Indexes;
using Strata.Oci;

namespace Strata.Layers;

/// <summary>
/// What is in one layer. Made once, while the layer streams by; kept beside the unpacked layer. Loading it reads the totals only; a path or
/// a
/// folder is looked up without reading the rest. Safe for several threads.
/// </summary>
public sealed partial class LayerIndex
{
    private readonly string _path;
    private readonly Lock _gate = new();
    private MappedIndex? _mapped;
    private IReadOnlyList<LayerEntry>? _entries;

    private LayerIndex(string path, LayerTotals totals) => (_path, Totals) = (path, totals);

    internal LayerIndex(byte[] file) : this("", IndexLayout.ReadHeader(file, file.Length) ?? throw new LayerException("these bytes are no index")) =>
        _mapped = new MappedIndex(file);

    public LayerTotals Totals { get; }

    /// <summary>True for the index of the same layer of the same store.</summary>
    internal bool IsOfSameLayer(LayerIndex other) => ReferenceEquals(this, other) || (_path.Length > 0 && _path == other._path);

    /// <summary>Bytes of file content that the layer brings.</summary>
    public long ContentSize => Totals.ContentSize;

    /// <summary>
    /// All entries in the order of the tar, in memory. For walks through large layers, <see cref="InTarOrder"/> holds one at a time.
    /// </summary>
    public IReadOnlyList<LayerEntry> Entries => _entries ??= [.. InTarOrder()];

    /// <summary>Where the index of a layer lies in a store.</summary>
    public static string PathIn(string layersFolder, Digest diffId) =>
        Path.Combine(layersFolder, diffId.Algorithm.Prefix(), diffId.Hex, "index");

    /// <summary>Null when the layer has no index yet, or one that this version cannot read: it can be made again from the layer.</summary>
    public static LayerIndex? TryLoad(string layersFolder, Digest diffId)
    {
        var path = PathIn(layersFolder, diffId);
        try
        {
            using var file = File.OpenHandle(path);
            Span<byte> header = stackalloc byte[IndexLayout.HeaderLength];
            var n = RandomAccess.Read(file, header, 0);
            return IndexLayout.ReadHeader(header[..n], RandomAccess.GetLength(file)) is { } totals ? new LayerIndex(path, totals) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            // Another user's: the images can still be listed.
            return null;
        }
    }

    /// <summary>The entries in the order of the tar, read as they are asked for.</summary>
    public IEnumerable<LayerEntry> InTarOrder()
    {
        var buffer = new byte[IndexPaths.BufferLength];
        // Read by blocks: an iterator cannot hold a reader between two entries.
        var block = new List<LayerEntry>(IndexLayout.Block);
        for (var from = 0; from < Totals.Entries; from += IndexLayout.Block)
        {
            ReadBlock(from, buffer, block);
            foreach (var entry in block) yield return entry;
        }
    }

    private void ReadBlock(int from, byte[] buffer, List<LayerEntry> block)
    {
        block.Clear();
        var mapped = Map();
        var reader = new RecordReader(mapped.Span, buffer);
        for (var i = from; i < Math.Min(from + IndexLayout.Block, reader.Count); i++)
        {
            reader.MoveTo(i);
            block.Add(reader.ToEntry());
        }
        GC.KeepAlive(mapped);
    }

    internal MappedIndex Map()
    {
        lock (_gate)
        {
            try
            {
                return _mapped ??= new MappedIndex(_path);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                throw new LayerException("the index of a layer was removed while it was used; it is made again from the layer", e);
            }
        }
    }
}
