namespace Strata.Containers;

/// <summary>Something mounted into a container.</summary>
public sealed record MountSpec
{
    public required MountKind Kind { get; init; }

    /// <summary>A path of the host, or the name of a volume; empty for an anonymous volume and for tmpfs.</summary>
    public string Source { get; init; } = "";

    /// <summary>An absolute path in the container.</summary>
    public required string Target { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>rprivate, private, rshared, shared, rslave, slave; empty: rprivate.</summary>
    public string Propagation { get; init; } = "";

    /// <summary>Of a bind: a folder is made where the source is not there, as -v has it.</summary>
    public bool CreateSource { get; init; }

    /// <summary>Of a bind: without what is mounted below the source.</summary>
    public bool NonRecursive { get; init; }

    /// <summary>Of a volume: a folder in it.</summary>
    public string Subpath { get; init; } = "";

    /// <summary>Of a volume: what the image has at the target is not copied into it.</summary>
    public bool NoCopy { get; init; }

    /// <summary>Of a volume: its driver's options.</summary>
    public IReadOnlyDictionary<string, string> VolumeOptions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Of a volume: made for this container, and gone with it where volumes are asked for.</summary>
    public bool Anonymous { get; init; }

    /// <summary>Of tmpfs: bytes; 0 for the kernel's default.</summary>
    public long TmpfsSize { get; init; }

    /// <summary>Of tmpfs: permission bits, as 0o1777; null for that.</summary>
    public int? TmpfsMode { get; init; }

    /// <summary>More options of mount(8), as --tmpfs takes them.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}

/// <summary>What is mounted.</summary>
public enum MountKind
{
    Bind,
    Volume,
    Tmpfs,
}
