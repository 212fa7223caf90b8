using System.Collections.Concurrent;
using Strata.Build.Cache;
using Strata.Build.Dockerfiles;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Build.Trees;

/// <summary>A folder of this machine as a build sees it: without what is ignored, and owned by root.</summary>
internal sealed class FolderTree(FolderReader folder, IgnoreMatcher ignore, StatCache digests) : FileTree
{
    private readonly ConcurrentDictionary<string, IgnoreMatcher.Verdict?> _verdicts = new(StringComparer.Ordinal);

    public FolderReader Folder => folder;

    public IgnoreMatcher Ignore => ignore;

    public override FileNode? Find(string path) =>
        folder.Find(path) is { Type: not null } found && IsSeen(found) ? Node(found) : null;

    public override IReadOnlyList<FileNode> Children(FileNode node) =>
        [.. folder.List(node.Path).Where(f => f.Type is not null && IsSeen(f)).Select(Node)];

    public override Digest ContentOf(FileNode file) => digests.DigestOf(folder, (FolderFile)file.Origin!);

    public override Stream Open(FileNode file) => folder.Open(file.Path);

    public override IReadOnlyList<KeyValuePair<string, byte[]>> Xattrs(FileNode node) => folder.Xattrs(node.Path);

    /// <summary>What the patterns say of a path; null when there are none, and of the root.</summary>
    public IgnoreMatcher.Verdict? Judge(string path) => path.Length == 0 || ignore.Patterns.Count == 0 ? null
        : _verdicts.GetOrAdd(path, p => ignore.Judge(p, Judge(SlashPath.Parent(p))));

    private bool IsSeen(FolderFile file)
    {
        if (Judge(file.Path) is not { IsDropped: true }) return true;
        // A folder that is dropped is there for what comes back within it.
        return file.Type == EntryType.Directory && ignore.MayTakeBackBelow(file.Path)
            && folder.List(file.Path).Any(f => f.Type is not null && IsSeen(f));
    }

    private static FileNode Node(FolderFile file) => new()
    {
        Path = file.Path,
        Type = file.Type!.Value,
        Mode = file.Mode,
        Modified = file.Modified,
        Size = file.Size,
        LinkTarget = file.LinkTarget,
        DeviceMajor = file.Type is EntryType.CharacterDevice or EntryType.BlockDevice ? file.DeviceMajor : 0,
        DeviceMinor = file.Type is EntryType.CharacterDevice or EntryType.BlockDevice ? file.DeviceMinor : 0,
        Identity = file.Type == EntryType.File && file.Links > 1 ? file.Identity : null,
        Origin = file,
    };
}
