using System.Buffers.Binary;
using Strata.Layers.Tar;

namespace Strata.Layers.Indexes;

/// <summary>Writes the records of an index, one after another, into bytes: a layer may have millions of entries.</summary>
internal sealed class RecordWriter
{
    private const int ChunkSize = 256 * 1024;
    private readonly List<byte[]> _chunks = [];
    private readonly List<uint> _blocks = [];
    private byte[] _before = new byte[512];
    private byte[] _path = new byte[512];
    private int _beforeLength;
    private int _fill = ChunkSize;
    private byte[] _chunk = [];
    private long _pathBytes;

    public int Count { get; private set; }

    private long Length => (long)(_chunks.Count - 1) * ChunkSize + _fill;

    /// <param name="hash">The sha256 of a file's content; empty where it is not known.</param>
    public void Add(LayerEntry entry, ReadOnlySpan<byte> hash)
    {
        if (Length > uint.MaxValue - 64 * 1024) throw new LayerException("the layer has more entries than an index can hold");
        var needed = PathText.MaxBytes(entry.Path);
        if (_path.Length < needed) _path = new byte[needed * 2];
        var length = PathText.Encode(entry.Path, _path);
        if (Count % IndexLayout.Block == 0)
        {
            _blocks.Add((uint)(_chunks.Count == 0 ? 0 : Length));
            _beforeLength = 0;
        }
        var shared = _path.AsSpan(0, length).CommonPrefixLength(_before.AsSpan(0, _beforeLength));
        Byte(RecordFlags.Of(entry, hash));
        Number((ulong)shared);
        Bytes(_path.AsSpan(shared, length - shared));
        Number((ulong)entry.Size);
        Number((ulong)entry.Mode);
        Number((ulong)entry.Uid);
        Number((ulong)entry.Gid);
        Number((ulong)((entry.Modified.Seconds << 1) ^ (entry.Modified.Seconds >> 63)));
        Number((ulong)entry.Modified.Nanoseconds);
        Number((ulong)entry.Offset);
        Raw(hash);
        if (entry.LinkTarget is { } link) Bytes(PathText.Encode(link));
        if (entry.Type is EntryType.CharacterDevice or EntryType.BlockDevice)
        {
            Number((ulong)entry.DeviceMajor);
            Number((ulong)entry.DeviceMinor);
        }
        if (entry.Xattrs.Count > 0) Xattrs(entry);
        (_before, _path, _beforeLength) = (_path, _before, length);
        _pathBytes += length;
        Count++;
    }

    /// <summary>The whole file: header, records and tables. Nothing can be added afterwards.</summary>
    public byte[] ToFile(LayerTotals totals)
    {
        var records = _chunks.Count == 0 ? 0 : Length;
        var file = new byte[IndexLayout.HeaderLength + records + 4L * (_blocks.Count + Count)];
        IndexLayout.WriteHeader(file, totals, records);
        for (var i = 0; i < _chunks.Count; i++)
        {
            _chunks[i].AsSpan(0, i == _chunks.Count - 1 ? _fill : ChunkSize).CopyTo(file.AsSpan(IndexLayout.HeaderLength + i * ChunkSize));
            // Of a layer with a million entries, two copies would be more than what it may take.
            _chunks[i] = [];
        }
        var at = (int)(IndexLayout.HeaderLength + records);
        foreach (var block in _blocks)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), block);
            at += 4;
        }
        PathSorter.Sort(file, Count, _pathBytes, file.AsSpan(at));
        return file;
    }

    private void Xattrs(LayerEntry entry)
    {
        Number((ulong)entry.Xattrs.Count);
        foreach (var (name, _) in entry.Xattrs) Bytes(PathText.Encode(name));
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number((ulong)bytes.Length);
        Raw(bytes);
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_fill == ChunkSize) NextChunk();
            var n = Math.Min(bytes.Length, ChunkSize - _fill);
            bytes[..n].CopyTo(_chunk.AsSpan(_fill));
            _fill += n;
            bytes = bytes[n..];
        }
    }

    /// <summary>LEB128.</summary>
    private void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    private void Byte(byte value)
    {
        if (_fill == ChunkSize) NextChunk();
        _chunk[_fill++] = value;
    }

    private void NextChunk()
    {
        _chunks.Add(_chunk = new byte[ChunkSize]);
        _fill = 0;
    }
}
