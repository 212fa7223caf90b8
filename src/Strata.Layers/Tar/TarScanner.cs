using System.Buffers;

namespace Strata.Layers.Tar;

/// <summary>
/// Reads a tar that is pushed in, in pieces of any size, and shows each entry to visitors as it passes: nothing is buffered but headers.
/// Reads ustar, PAX (also global), GNU long names, base-256 numbers and v7; a sparse file is shown with its real size and no content.
/// </summary>
internal sealed class TarScanner(IReadOnlyList<ILayerVisitor> visitors)
{
    /// <summary>A PAX header or a long name larger than this is an attack.</summary>
    private const int MaxMetadata = 1024 * 1024;

    private readonly byte[] _header = new byte[TarHeader.Length];
    private readonly bool[] _wantsContent = new bool[visitors.Count];
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
    private bool _entered;
    private bool _sparseExtension;
    private LayerEntry? _pending;

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
        if (_contentLeft > 0 || _headerFill > 0 || _pax is not null || _longName is not null || _sparseExtension)
            throw new TarException($"the layer's tar is cut off at byte {_position}");
    }

    private int TakeHeader(ReadOnlySpan<byte> bytes)
    {
        var used = Math.Min(TarHeader.Length - _headerFill, bytes.Length);
        bytes[..used].CopyTo(_header.AsSpan(_headerFill));
        _headerFill += used;
        if (_headerFill == TarHeader.Length)
        {
            _headerFill = 0;
            if (_sparseExtension) ReadSparseExtension();
            else Read(_header, _position + used);
        }
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
        }
        else if (_entered)
        {
            for (var i = 0; i < visitors.Count; i++)
                if (_wantsContent[i]) visitors[i].Content(part);
            if (_contentLeft == 0) Leave();
        }
        return used;
    }

    private void Read(ReadOnlySpan<byte> block, long end)
    {
        if (!block.ContainsAnyExcept((byte)0))
        {
            Ended = true;
            return;
        }
        if (!TarHeader.HasValidSum(block)) throw new TarException($"the layer is no tar: the header at byte {end - TarHeader.Length} has a wrong checksum");
        var type = TarHeader.Type(block);
        if (type is (byte)'x' or (byte)'g' or (byte)'L' or (byte)'K')
        {
            BeginMetadata(type, TarHeader.Size(block));
            return;
        }
        var pax = (_pax ?? PaxRecords.Empty).Over(_global);
        var stored = pax.Size ?? TarHeader.Size(block);
        if (stored < 0) throw new TarException($"an entry says its size is {stored} bytes");
        var entry = Describe(block, type, pax, stored, end);
        (_pax, _longName, _longLink) = (null, null, null);

        var isSparse = type == (byte)'S' || pax.SparseSize is not null;
        var hasBody = type is not ((byte)'1' or (byte)'2' or (byte)'3' or (byte)'4' or (byte)'5' or (byte)'6') || (type == (byte)'1' && stored > 0);
        _contentLeft = hasBody ? stored : 0;
        _padding = (TarHeader.Length - _contentLeft % TarHeader.Length) % TarHeader.Length;
        // GNU's old sparse form may go on in further header blocks before the content.
        _sparseExtension = type == (byte)'S' && block[482] != 0;
        if (_sparseExtension) _pending = entry;
        else Enter(entry, withContent: entry.Type == EntryType.File && !isSparse);
    }

    private void ReadSparseExtension()
    {
        _sparseExtension = _header[504] != 0;
        if (_sparseExtension) return;
        Enter(_pending!, withContent: false);
        _pending = null;
    }

    private void Enter(LayerEntry entry, bool withContent)
    {
        var any = false;
        for (var i = 0; i < visitors.Count; i++)
        {
            var wants = visitors[i].Enter(entry);
            _wantsContent[i] = wants && withContent;
            any |= _wantsContent[i];
            if (wants && !withContent) visitors[i].Leave();
        }
        _entered = any;
        if (any && _contentLeft == 0) Leave();
    }

    private void Leave()
    {
        for (var i = 0; i < visitors.Count; i++)
            if (_wantsContent[i]) visitors[i].Leave();
        _entered = false;
    }

    private void BeginMetadata(byte type, long size)
    {
        if (size is < 0 or > MaxMetadata) throw new TarException($"an extended header of {size} bytes is larger than the {MaxMetadata} allowed");
        _metadataType = type;
        _metadata.ResetWrittenCount();
        _contentLeft = size;
        _padding = (TarHeader.Length - size % TarHeader.Length) % TarHeader.Length;
        if (size == 0) EndMetadata();
    }

    private void EndMetadata()
    {
        var body = _metadata.WrittenSpan;
        switch (_metadataType)
        {
            case (byte)'x':
                _pax = new PaxRecords();
                _pax.Read(body);
                break;
            case (byte)'g':
                _global.Read(body);
                break;
            case (byte)'L':
                _longName = body.TrimEnd((byte)0).ToArray();
                break;
            default:
                _longLink = body.TrimEnd((byte)0).ToArray();
                break;
        }
        _metadataType = 0;
    }

    private LayerEntry Describe(ReadOnlySpan<byte> block, byte type, PaxRecords pax, long stored, long end)
    {
        var path = EntryPath.Normalize(pax.SparseName ?? pax.Path ?? _longName ?? Joined(block));
        var kind = Kind(type, path, block, pax);
        var link = kind is EntryType.Symlink or EntryType.Hardlink ? pax.LinkPath ?? _longLink ?? TarHeader.LinkName(block).ToArray() : null;
        var (target, whiteout) = Whiteouts.Read(path);
        return new LayerEntry
        {
            Path = target,
            Whiteout = whiteout,
            Type = kind,
            Size = kind == EntryType.File ? pax.SparseSize ?? (type == (byte)'S' ? TarHeader.SparseSize(block) : stored) : 0,
            Mode = (int)(TarHeader.Mode(block) & 0xFFF),
            Uid = pax.Uid ?? TarHeader.Uid(block),
            Gid = pax.Gid ?? TarHeader.Gid(block),
            ModTime = pax.ModTime ?? UnixTime.FromSeconds(TarHeader.ModTime(block)),
            LinkTarget = link is null ? null : kind == EntryType.Hardlink ? EntryPath.Normalize(link) : PathText.Decode(link),
            DeviceMajor = kind is EntryType.CharacterDevice or EntryType.BlockDevice ? (int)TarHeader.DeviceMajor(block) : 0,
            DeviceMinor = kind is EntryType.CharacterDevice or EntryType.BlockDevice ? (int)TarHeader.DeviceMinor(block) : 0,
            Offset = end,
        };
    }

    private static EntryType Kind(byte type, string path, ReadOnlySpan<byte> block, PaxRecords pax) => type switch
    {
        // v7 archives say "directory" by a slash at the end of the name.
        (byte)'0' or 0 or (byte)'7' or (byte)'S' when pax.Path is null && TarHeader.Name(block).EndsWith("/"u8) => EntryType.Directory,
        (byte)'0' or 0 or (byte)'7' or (byte)'S' => EntryType.File,
        (byte)'1' => EntryType.Hardlink,
        (byte)'2' => EntryType.Symlink,
        (byte)'3' => EntryType.CharacterDevice,
        (byte)'4' => EntryType.BlockDevice,
        (byte)'5' => EntryType.Directory,
        (byte)'6' => EntryType.Fifo,
        _ => throw new TarException($"'{path}' has the entry type '{(char)type}', which a layer may not have"),
    };

    private static byte[] Joined(ReadOnlySpan<byte> block)
    {
        var prefix = TarHeader.Prefix(block);
        return prefix.Length == 0 ? TarHeader.Name(block).ToArray() : [.. prefix, (byte)'/', .. TarHeader.Name(block)];
    }
}
