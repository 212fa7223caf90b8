namespace Strata.Layers.Tar;

/// <summary>Makes an entry of a header and of what extended headers said before it.</summary>
internal sealed class EntryReader(int maxDepth)
{
    /// <summary>Beyond this, chown(2) means "leave it as it is".</summary>
    private const long MaxOwner = uint.MaxValue - 1;

    /// <param name="stored">Bytes of content in the archive.</param>
    /// <param name="offset">Where they begin.</param>
    /// <returns>Null for AUFS's own books, which are no part of an image.</returns>
    /// <exception cref="TarException">No layer may have such an entry.</exception>
    public LayerEntry? Read(ReadOnlySpan<byte> block, byte type, PaxRecords pax, byte[]? longName, byte[]? longLink, long stored, long offset)
    {
        Span<byte> joined = stackalloc byte[256];
        var name = Name(block, pax, longName, joined);
        var path = EntryPath.Normalize(name, maxDepth);
        if (Whiteouts.AreBooks(path)) return null;
        var (target, whiteout) = Whiteouts.Read(path);
        var kind = Kind(type, path, name);
        if (path.Length == 0 && kind != EntryType.Directory) throw new TarException($"the image's root is a {kind}; it must be a directory");
        var isDevice = kind is EntryType.CharacterDevice or EntryType.BlockDevice;
        return new LayerEntry
        {
            Path = target,
            Whiteout = whiteout,
            Type = kind,
            Size = kind != EntryType.File ? 0 : type == (byte)'S' ? TarHeader.SparseSize(block) : pax.SparseSize ?? stored,
            Mode = (int)(TarHeader.Mode(block) & 0xFFF),
            Uid = Owner(pax.Uid ?? TarHeader.Uid(block), path),
            Gid = Owner(pax.Gid ?? TarHeader.Gid(block), path),
            Modified = pax.ModTime ?? new UnixTime(TarHeader.ModTime(block), 0),
            LinkTarget = Link(block, kind, path, pax, longLink),
            DeviceMajor = isDevice ? Device(TarHeader.DeviceMajor(block), path) : 0,
            DeviceMinor = isDevice ? Device(TarHeader.DeviceMinor(block), path) : 0,
            Xattrs = pax.Xattrs,
            Offset = offset,
        };
    }

    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> block, PaxRecords pax, byte[]? longName, Span<byte> joined)
    {
        if ((pax.SparseName ?? pax.Path ?? longName) is { } given) return given;
        var name = TarHeader.Name(block);
        var prefix = TarHeader.Prefix(block);
        if (prefix.Length == 0) return name;
        prefix.CopyTo(joined);
        joined[prefix.Length] = (byte)'/';
        name.CopyTo(joined[(prefix.Length + 1)..]);
        return joined[..(prefix.Length + 1 + name.Length)];
    }

    private string? Link(ReadOnlySpan<byte> block, EntryType kind, string path, PaxRecords pax, byte[]? longLink)
    {
        if (kind is not (EntryType.Symlink or EntryType.Hardlink)) return null;
        var link = (pax.LinkPath ?? longLink) is { } given ? given : TarHeader.LinkName(block);
        if (link.Length is 0 or > EntryPath.MaxLength || link.Contains((byte)0))
            throw new TarException($"the link '{EntryPath.Visible(path)}' has a target that Linux cannot have");
        return kind == EntryType.Hardlink ? EntryPath.Normalize(link, maxDepth) : PathText.Decode(link);
    }

    private static EntryType Kind(byte type, string path, ReadOnlySpan<byte> name) => type switch
    {
        // v7 archives say "directory" by a slash at the end of the name.
        (byte)'0' or 0 or (byte)'7' when name.EndsWith("/"u8) => EntryType.Directory,
        (byte)'0' or 0 or (byte)'7' or (byte)'S' => EntryType.File,
        (byte)'1' => EntryType.Hardlink,
        (byte)'2' => EntryType.Symlink,
        (byte)'3' => EntryType.CharacterDevice,
        (byte)'4' => EntryType.BlockDevice,
        (byte)'5' => EntryType.Directory,
        (byte)'6' => EntryType.Fifo,
        _ => throw new TarException($"'{EntryPath.Visible(path)}' has the entry type 0x{type:x2}, which a layer may not have"),
    };

    private static long Owner(long id, string path) =>
        id is >= 0 and <= MaxOwner ? id : throw new TarException($"'{EntryPath.Visible(path)}' has the owner {id}, whom Linux cannot have");

    private static int Device(long number, string path) =>
        number is >= 0 and <= int.MaxValue ? (int)number : throw new TarException($"'{EntryPath.Visible(path)}' has the device number {number}");
}
