using System.Buffers;

namespace Strata.Layers.Tar;

/// <summary>
/// Reads a tar that is pushed in, in pieces of any size, and shows each entry to visitors as it passes: nothing is buffered but headers.
/// Reads ustar, PAX (also global), GNU long names, base-256 numbers, v7, and sparse files in all of GNU tar's forms.
/// </summary>
internal sealed class TarScanner
{
    /// <summary>A PAX header or a long name larger than this is an attack.</summary>
    private const int MaxMetadata = 1024 * 1024;

    private readonly EntryFan _fan;
    private readonly LayerLimits _limits;
    private readonly EntryReader _entries;
    private readonly byte[] _header = new byte[TarHeader.Length];
    private readonly ArrayBufferWriter<byte> _metadata = new();
    private readonly PaxRecords _global = new();
    private int _headerFill;
    private long _contentLeft;
    private long _padding;
    private long _position;
    private byte _metadataType;
    private PaxRecords? _pax;
    private byte[]? _longName;
    private byte[]? _longLink;
    private LayerEntry? _pending;
    private SparseMap? _pendingMap;
    private SparseContent? _sparse;
    private long _heldContent;
    private long _heldPadding;
    private bool _sawZeros;
    private long _count;
    private long _bytes;

    public TarScanner(IReadOnlyList<ILayerVisitor> visitors, LayerLimits limits)
    {
        limits.Validate();
        (_fan, _limits, _entries) = (new EntryFan(visitors), limits, new EntryReader(limits.MaxDepth));
    }

    /// <summary>The archive's end mark was seen; what follows is padding.</summary>
    public bool Ended { get; private set; }

    /// <exception cref="TarException">The bytes are no tar that a layer may be.</exception>
    public void Push(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0 && !Ended)
        {
            var used = _contentLeft > 0 ? TakeContent(bytes)
                : _padding > 0 ? TakePadding(bytes)
                : TakeHeader(bytes);
            _position += used;
            bytes = bytes[used..];
        }
    }

    /// <summary>All bytes were pushed.</summary>
    /// <exception cref="TarException">The archive stops in the middle of an entry.</exception>
    public void Finish()
    {
        // Archives without the two blocks of zeros are common enough to be read; one that stops within an entry is cut.
        if (_contentLeft > 0 || _padding > 0 || _headerFill > 0
            || _pax is not null || _longName is not null || _longLink is not null || _pendingMap is not null)
            throw new TarException($"the layer's tar is cut off at byte {_position}");
    }

    private int TakeHeader(ReadOnlySpan<byte> bytes)
    {
        // Mostly a header lies whole in the piece at hand, and is read where it lies.
        if (_headerFill == 0 && bytes.Length >= TarHeader.Length)
        {
            Read(bytes[..TarHeader.Length], _position);
            return TarHeader.Length;
        }
        var used = Math.Min(TarHeader.Length - _headerFill, bytes.Length);
        bytes[..used].CopyTo(_header.AsSpan(_headerFill));
        _headerFill += used;
        if (_headerFill < TarHeader.Length) return used;
        _headerFill = 0;
        Read(_header, _position + used - TarHeader.Length);
        return used;
    }

    private int TakePadding(ReadOnlySpan<byte> bytes)
    {
        var used = (int)Math.Min(_padding, bytes.Length);
        _padding -= used;
        return used;
    }

    private int TakeContent(ReadOnlySpan<byte> bytes)
    {
        var used = (int)Math.Min(_contentLeft, bytes.Length);
        var part = bytes[..used];
        _contentLeft -= used;
        if (_metadataType != 0)
        {
            _metadata.Write(part);
            if (_contentLeft == 0) EndMetadata();
            return used;
        }
        // A sparse file's map is checked even when nobody wants the content: all readers must agree on what is valid.
        if (_sparse is not null) _sparse.Take(part, _fan);
        else if (_fan.IsEntered) _fan.Data(part);
        if (_contentLeft == 0) Leave();
        return used;
    }

    private void Read(ReadOnlySpan<byte> block, long start)
    {
        if (_pendingMap is not null)
        {
            ReadSparseExtension(block, start);
            return;
        }
        var isZero = !block.ContainsAnyExcept((byte)0);
        if (isZero || _sawZeros)
        {
            if (!isZero) throw new TarException($"the layer's tar goes on at byte {start} behind a mark of its end");
            if (_pax is not null || _longName is not null || _longLink is not null)
                throw new TarException($"the layer's tar ends at byte {start} where the entry of an extended header is due");
            Ended = _sawZeros;
            _sawZeros = true;
            return;
        }
        if (!TarHeader.HasValidSum(block)) throw new TarException($"the layer is no tar: the header at byte {start} has a wrong checksum");
        var type = TarHeader.Type(block);
        if (type is (byte)'x' or (byte)'g' or (byte)'L' or (byte)'K') BeginMetadata(type, TarHeader.Size(block));
        else ReadEntry(block, type, start);
    }

    private void ReadEntry(ReadOnlySpan<byte> block, byte type, long start)
    {
        var pax = _pax ?? _global;
        var stored = pax.Size ?? TarHeader.Size(block);
        if (stored is < 0 or > long.MaxValue - 2 * TarHeader.Length) throw new TarException($"an entry says its size is {stored} bytes");
        // These have no content, whatever size they name: every runtime reads them so, and a scanner must not see other entries than they.
        if (type is >= (byte)'1' and <= (byte)'6') stored = 0;
        var entry = _entries.Read(block, type, pax, _longName, _longLink, stored, start + TarHeader.Length);
        (_pax, _longName, _longLink) = (null, null, null);
        _contentLeft = stored;
        _padding = Padding(stored);
        _sparse = null;
        if (type == (byte)'S') BeginOldSparse(block, entry);
        else if (entry?.Type == EntryType.File && pax.SparseSize is { } size) BeginPaxSparse(pax, size, entry);
        else Enter(entry);
    }

    /// <summary>GNU's old form has the first pieces in the header, and goes on in further blocks before the content.</summary>
    private void BeginOldSparse(ReadOnlySpan<byte> block, LayerEntry? entry)
    {
        var map = new SparseMap(TarHeader.SparseSize(block));
        AddPieces(map, block.Slice(386, 4 * 24));
        _sparse = new SparseContent(map, reader: null);
        if (block[482] == 0)
        {
            Enter(entry);
            return;
        }
        (_pending, _pendingMap) = (entry, map);
        // Extension blocks come first; the content is set aside meanwhile.
        (_heldContent, _heldPadding, _contentLeft, _padding) = (_contentLeft, _padding, 0, 0);
    }

    private void ReadSparseExtension(ReadOnlySpan<byte> block, long start)
    {
        AddPieces(_pendingMap!, block[..(21 * 24)]);
        if (block[504] != 0) return;
        (_contentLeft, _padding) = (_heldContent, _heldPadding);
        var entry = _pending is null ? null : _pending with { Offset = start + TarHeader.Length };
        (_pending, _pendingMap) = (null, null);
        Enter(entry);
    }

    private static void AddPieces(SparseMap map, ReadOnlySpan<byte> pieces)
    {
        for (; pieces.Length > 0 && pieces[0] != 0; pieces = pieces[24..])
            map.Add(TarHeader.PieceNumber(pieces[..12]), TarHeader.PieceNumber(pieces.Slice(12, 12)));
    }

    private void BeginPaxSparse(PaxRecords pax, long size, LayerEntry entry)
    {
        var map = new SparseMap(size);
        if (pax.SparseNumbers is { } numbers) map.Add(numbers);
        _sparse = new SparseContent(map, pax.IsSparseMapInContent ? new SparseMapReader(map) : null);
        Enter(entry);
    }

    /// <param name="entry">Null for one that is skipped with its content.</param>
    private void Enter(LayerEntry? entry)
    {
        if (++_count > _limits.MaxEntries) throw new TarException($"the layer has more than the {_limits.MaxEntries} entries allowed");
        if (entry is null)
        {
            _sparse = null;
            return;
        }
        if (entry.Size > _limits.MaxContentBytes - _bytes)
            throw new TarException($"the layer's files have more than the {_limits.MaxContentBytes} bytes allowed");
        _bytes += entry.Size;
        _fan.Enter(entry);
        // Only files have content to show; what others carry (a directory of v7 form may) is skipped.
        if (entry.Type != EntryType.File || _contentLeft == 0) Leave();
    }

    private void Leave()
    {
        _sparse?.Finish(_fan);
        _sparse = null;
        _fan.Leave();
    }

    private void BeginMetadata(byte type, long size)
    {
        if (size is < 0 or > MaxMetadata) throw new TarException($"an extended header of {size} bytes is larger than the {MaxMetadata} allowed");
        _metadataType = type;
        _metadata.ResetWrittenCount();
        _contentLeft = size;
        _padding = Padding(size);
        if (size == 0) EndMetadata();
    }

    private void EndMetadata()
    {
        var body = _metadata.WrittenSpan;
        if (_metadataType == (byte)'x') (_pax = PaxRecords.Over(_global)).Read(body);
        else if (_metadataType == (byte)'g') _global.Read(body);
        else if (_metadataType == (byte)'L') _longName = body.TrimEnd((byte)0).ToArray();
        else _longLink = body.TrimEnd((byte)0).ToArray();
        _metadataType = 0;
    }

    private static long Padding(long size) => (TarHeader.Length - size % TarHeader.Length) % TarHeader.Length;
}
