using Strata.Containers.Rootfs;

namespace Strata.Containers.Files;

/// <summary>One end of a copy: a path in a tree. The host's own tree has the root /.</summary>
/// <param name="Root">The tree's root folder; no link of the tree leads out of it.</param>
/// <param name="Path">As it was written: a slash at the end, or /., has its meaning.</param>
/// <param name="ShownAs">What a message calls the tree; empty for the host.</param>
public sealed record CopyEnd(string Root, string Path, string ShownAs = "")
{
    internal bool MustBeFolder => Path.EndsWith('/') || IsContent;

    /// <summary>What is in the folder is meant, not the folder.</summary>
    internal bool IsContent => Path is "." || Path.EndsWith("/.", StringComparison.Ordinal);

    /// <summary>Without dots and doubled slashes, relative to the root; what leads above the root stays at it.</summary>
    internal string Clean => TreePath.Normal(Path);

    internal ContainerException NotThere() => ShownAs.Length == 0
        ? new ContainerException($"lstat {Path}: no such file or directory")
        : new ContainerException($"Could not find the file {Path} in container {ShownAs}");
}
