using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Strata.Layers.Tar;
using Strata.Oci;

namespace Strata.Layers.Indexes;

/// <summary>Reads single records of an index. Going on to the next record is cheap, going anywhere else costs at most a block.</summary>
internal ref struct RecordReader
{
    private static readonly Digest EmptyContent = Digest.Of([]);
    private readonly ReadOnlySpan<byte> _file;
    private readonly int _count;
    private readonly int _blocks;
    private readonly byte[] _path;
    private int _pathLength;
    private int _next;
    private int _at;
    private Record _record;

    public RecordReader(ReadOnlySpan<byte> file, byte[] pathBuffer)
    {
        _file = file;
        _path = pathBuffer;
        _count = (int)BinaryPrimitives.ReadUInt32LittleEndian(file[8..]);
        _blocks = (int)(IndexLayout.HeaderLength + IndexLayout.RecordsLength(file));
        _next = -1;
    }

    public readonly int Count => _count;

    public readonly ReadOnlySpan<byte> Path => _path.AsSpan(0, _pathLength);

    public readonly EntryType Type => RecordFlags.Type(_record.Flags);

    public readonly Whiteout Whiteout => RecordFlags.Whiteout(_record.Flags);

    public readonly long Size => _record.Size;

    /// <summary>The number of the record that is at this place in the order of paths.</summary>
    public readonly int Sorted(int place)
    {
        var n = BinaryPrimitives.ReadUInt32LittleEndian(_file[(_blocks + 4 * ((int)IndexLayout.Blocks(_count) + place))..]);
        return n < _count ? (int)n : throw Damaged();
    }

    /// <summary>Reads a record, by its place in the tar.</summary>
    /// <exception cref="LayerException">The index is damaged.</exception>
    public void MoveTo(int number)
    {
        try
        {
            var block = number / IndexLayout.Block;
            if (_next < 0 || number < _next || block != _next / IndexLayout.Block)
            {
                _next = block * IndexLayout.Block;
                _at = IndexLayout.HeaderLength + (int)BinaryPrimitives.ReadUInt32LittleEndian(_file[(_blocks + 4 * block)..]);
                _pathLength = 0;
            }
            while (_next <= number) Read();
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException or ArgumentException)
        {
            throw Damaged(e);
        }
    }

    /// <summary>The first place in the order of paths that is not before <paramref name="path"/>.</summary>
    public int LowerBound(scoped ReadOnlySpan<byte> path, int from = 0) => LowerBound(path, from, _count);

    private int LowerBound(scoped ReadOnlySpan<byte> path, int low, int high)
    {
        while (low < high)
        {
            var middle = (low + high) / 2;
            MoveTo(Sorted(middle));
            if (PathOrder.Compare(Path, path) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>The same, looked for in growing steps from <paramref name="from"/> on.</summary>
    public int LowerBoundNear(scoped ReadOnlySpan<byte> path, int from)
    {
        var (low, step) = (from, 1);
        while (low + step <= _count)
        {
            MoveTo(Sorted(low + step - 1));
            if (PathOrder.Compare(Path, path) >= 0) return LowerBound(path, low, low + step - 1);
            (low, step) = (low + step, step * 2);
        }
        return LowerBound(path, low, _count);
    }

    /// <exception cref="LayerException">The index is damaged.</exception>
    public readonly LayerEntry ToEntry()
    {
        try
        {
            return Decode();
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw Damaged(e);
        }
    }

    private readonly LayerEntry Decode() => new()
    {
        Path = PathText.Decode(Path),
        Type = Type,
        Whiteout = Whiteout,
        Size = _record.Size,
        Mode = (int)_record.Mode,
        Uid = _record.Uid,
        Gid = _record.Gid,
        Modified = new UnixTime(_record.Seconds, (int)_record.Nanoseconds),
        Offset = _record.Offset,
        ContentDigest = _record.Hash > 0 ? Digest.FromHash(_file.Slice(_record.Hash, 32))
            : Type == EntryType.File && Whiteout == Whiteout.None && _record.Size == 0 ? EmptyContent : null,
        LinkTarget = _record.Link > 0 ? PathText.Decode(_file.Slice(_record.Link, _record.LinkLength)) : null,
        DeviceMajor = (int)_record.Major,
        DeviceMinor = (int)_record.Minor,
        Xattrs = _record.Xattrs > 0 ? ReadXattrs() : [],
    };

    private void Read()
    {
        _record = new Record { Flags = _file[_at++] };
        // Within a block the path begins as the one before; at its begin nothing is shared.
        var shared = (int)Number();
        var rest = (int)Number();
        if (_next % IndexLayout.Block == 0 ? shared != 0 : shared > _pathLength) throw Damaged();
        _file.Slice(_at, rest).CopyTo(_path.AsSpan(shared));
        _pathLength = shared + rest;
        _at += rest;
        _record.Size = Number();
        _record.Mode = Number();
        _record.Uid = Number();
        _record.Gid = Number();
        var zigzag = (ulong)Number();
        _record.Seconds = (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
        _record.Nanoseconds = Number();
        _record.Offset = Number();
        if (RecordFlags.Hash(_record.Flags)) (_record.Hash, _at) = (_at, _at + 32);
        if (RecordFlags.Link(_record.Flags))
        {
            _record.LinkLength = (int)Number();
            (_record.Link, _at) = (_at, _at + _record.LinkLength);
        }
        if (Type is EntryType.CharacterDevice or EntryType.BlockDevice) (_record.Major, _record.Minor) = (Number(), Number());
        if (RecordFlags.Xattrs(_record.Flags))
        {
            _record.Xattrs = _at;
            for (var left = Number(); left > 0; left--)
            {
                var length = Number();
                if (length < 0 || length > _file.Length) throw Damaged();
                _at += (int)length;
            }
        }
        _next++;
    }

    private readonly KeyValuePair<string, byte[]>[] ReadXattrs()
    {
        var at = _record.Xattrs;
        var count = Number(_file, ref at);
        if (count < 0 || count > _file.Length - at) throw Damaged();
        var found = new KeyValuePair<string, byte[]>[count];
        for (var i = 0; i < found.Length; i++)
        {
            var length = (int)Number(_file, ref at);
            found[i] = KeyValuePair.Create<string, byte[]>(PathText.Decode(_file.Slice(at, length)), []);
            at += length;
        }
        return found;
    }

    private long Number() => Number(_file, ref _at);

    private static long Number(ReadOnlySpan<byte> file, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var b = file[at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return (long)value;
            if (shift > 63) throw Damaged();
        }
    }

    private static LayerException Damaged(Exception? inner = null) =>
        new("the index of a layer is damaged on disk; remove it, and it is made again from the layer", inner);

    /// <summary>What was read; positions of what is read only when asked for.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Record
    {
        public byte Flags;
        public long Size;
        public long Mode;
        public long Uid;
        public long Gid;
        public long Seconds;
        public long Nanoseconds;
        public long Offset;
        public int Hash;
        public int Link;
        public int LinkLength;
        public long Major;
        public long Minor;
        public int Xattrs;
    }
}
