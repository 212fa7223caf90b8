namespace Strata.Layers;

/// <summary>What lies in a folder of this machine, links not followed.</summary>
public sealed record FolderFile
{
    /// <summary>Relative to the folder that is read, as in <see cref="LayerEntry.Path"/>; empty for the folder itself.</summary>
    public required string Path { get; init; }

    /// <summary>Null for a socket, which no layer can hold.</summary>
    public required EntryType? Type { get; init; }

    public int Mode { get; init; }

    public long Uid { get; init; }

    public long Gid { get; init; }

    public long Size { get; init; }

    public UnixTime Modified { get; init; }

    /// <summary>When content, owner, mode or name last changed; nothing but the kernel sets it.</summary>
    public UnixTime Changed { get; init; }

    /// <summary>Device and inode: what two names of one file have in common.</summary>
    public (ulong Device, ulong Inode) Identity { get; init; }

    public int Links { get; init; }

    public string? LinkTarget { get; init; }

    public int DeviceMajor { get; init; }

    public int DeviceMinor { get; init; }
}
