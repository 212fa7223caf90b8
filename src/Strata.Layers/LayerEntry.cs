using Strata.Oci;

namespace Strata.Layers;

/// <summary>
/// One change that a layer makes: a file, directory, link or device added or replaced, or a whiteout. OCI image spec, layer.md.
/// </summary>
public sealed record LayerEntry
{
    /// <summary>
    /// What the entry is about, relative to the root, without a leading or trailing slash: <c>usr/bin/python3</c>; the root itself is
    /// empty.
    /// For a whiteout, the path that it hides; for an opaque one, the directory whose lower content it hides.
    /// Bytes that are no UTF-8 are kept as lone surrogates (U+DC80 to U+DCFF), so that every name survives both ways.
    /// </summary>
    public required string Path { get; init; }

    public required EntryType Type { get; init; }

    public Whiteout Whiteout { get; init; }

    /// <summary>Bytes of content; 0 for all but files.</summary>
    public long Size { get; init; }

    /// <summary>Permission bits with set-id and sticky, 0 to 0o7777.</summary>
    public int Mode { get; init; }

    public long Uid { get; init; }

    public long Gid { get; init; }

    /// <summary>When the content was last changed, exactly.</summary>
    public UnixTime Modified { get; init; }

    /// <summary><see cref="Modified"/> to 100 ns.</summary>
    public DateTimeOffset ModTime
    {
        get => Modified.ToDateTimeOffset();
        init => Modified = UnixTime.From(value);
    }

    /// <summary>A symbolic link's text as written, or the path that a hard link shares, normalised as <see cref="Path"/>.</summary>
    public string? LinkTarget { get; init; }

    public int DeviceMajor { get; init; }

    public int DeviceMinor { get; init; }

    /// <summary>
    /// Extended attributes by name; values are bytes. Only while the layer streams by: the index keeps their names, with empty values.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Xattrs { get; init; } = [];

    /// <summary>The sha256 of a file's content, where an index knows it; while the layer streams by, nobody does.</summary>
    public Digest? ContentDigest { get; init; }

    /// <summary>
    /// A folder that the layer does not mention, but has something in: its owner and mode are those of a layer below, if one has it.
    /// </summary>
    public bool IsImplied { get; init; }

    /// <summary>Where the content begins in the uncompressed tar, in bytes.</summary>
    public long Offset { get; init; }
}

public enum EntryType
{
    File,
    Directory,
    Symlink,
    Hardlink,
    CharacterDevice,
    BlockDevice,
    Fifo,
}

/// <summary>How an entry removes what lower layers have. OCI image spec, layer.md, "Whiteouts".</summary>
public enum Whiteout
{
    None,

    /// <summary>The path itself, and what is below it, is gone.</summary>
    Path,

    /// <summary>The directory stays, what lower layers had in it is gone.</summary>
    Opaque,
}
