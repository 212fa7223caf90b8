using Strata.Layers;
using Strata.Oci;

namespace Strata.Build.Trees;

/// <summary>One thing in a tree of files, wherever the tree is.</summary>
internal sealed record FileNode
{
    /// <summary>From the tree's root, without slashes at its ends; empty for the root.</summary>
    public required string Path { get; init; }

    /// <summary>Never a hard link: that is the file it shares.</summary>
    public required EntryType Type { get; init; }

    public int Mode { get; init; }

    public long Uid { get; init; }

    public long Gid { get; init; }

    public UnixTime Modified { get; init; }

    public long Size { get; init; }

    public string? LinkTarget { get; init; }

    public int DeviceMajor { get; init; }

    public int DeviceMinor { get; init; }

    /// <summary>Two names with the same one are one file; null where there is one name only.</summary>
    public (ulong, ulong)? Identity { get; init; }

    /// <summary>Of a file, where the tree knows it without reading.</summary>
    public Digest? ContentDigest { get; init; }

    /// <summary>What the tree finds the content by.</summary>
    public object? Origin { get; init; }

    public bool IsFolder => Type == EntryType.Directory;

    public string Name => Dockerfiles.SlashPath.Name(Path);
}
