using Strata.Oci;

namespace Strata.Build.Trees;

/// <summary>A tree of files that something is copied from: a folder of this machine, an image, a stage.</summary>
internal abstract class FileTree
{
    /// <summary>What is at a path, links not followed; null when there is nothing.</summary>
    public abstract FileNode? Find(string path);

    /// <summary>What is in a folder, by name.</summary>
    public abstract IReadOnlyList<FileNode> Children(FileNode folder);

    /// <summary>The sha256 of a file's content.</summary>
    public abstract Digest ContentOf(FileNode file);

    /// <summary>Makes the contents of files ready to be opened, in as few passes as there are layers.</summary>
    public virtual Task PrepareAsync(IReadOnlyList<FileNode> files, CancellationToken cancellationToken) => Task.CompletedTask;

    public abstract Stream Open(FileNode file);

    public virtual IReadOnlyList<KeyValuePair<string, byte[]>> Xattrs(FileNode node) => [];

    /// <summary>What a path leads to when all links are followed within the tree; null when there is nothing.</summary>
    public FileNode? Resolve(string path) => Find(LinkPath.Resolve(path, Find));
}
