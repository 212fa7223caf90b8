using Strata.Build.Dockerfiles;
using Strata.Build.Trees;
using Strata.Layers;

namespace Strata.Build.Steps;

/// <summary>Puts what was found into the layer, where it belongs in the image: as BuildKit's copy does, corner by corner.</summary>
internal sealed class Copier(PendingLayer layer, CopyRules rules)
{
    private int _operand;

    /// <param name="target">An absolute path, with a slash at its end where it says that it is a folder.</param>
    /// <exception cref="BuildException">A file and a folder are in each other's way.</exception>
    public void Copy(CopySource source, string target)
    {
        _operand++;
        var parent = target.EndsWith('/') ? target : target[..(target.LastIndexOf('/') + 1)];
        layer.MakeFolders(layer.Resolve(SlashPath.Rooted(parent)), MadeBy, rules.Latest, MadeMode);
        var place = layer.Resolve(SlashPath.Rooted(target));
        var there = layer.Find(place);
        if (!source.Root.IsFolder)
        {
            if (there is { IsFolder: true }) place = SlashPath.Join(place, source.Name);
            layer.MakeFolders(SlashPath.Parent(place), MadeBy, rules.Latest, MadeMode);
            PutFile(source.Tree, source.Root, place);
            return;
        }
        // A folder lends its content only: one that is not there yet is made as any other on the way is.
        if (there is null) layer.MakeFolders(place, MadeBy, rules.Latest, MadeMode);
        foreach (var item in source.Items)
        {
            var path = SlashPath.Join(place, item.Path);
            if (item.Node.IsFolder) PutFolder(item, path);
            else PutFile(source.Tree, item.Node, path);
        }
    }

    /// <summary>Folders on the way belong to whom the files shall belong to.</summary>
    private Owner MadeBy => rules.Owner ?? Owner.Root;

    private int MadeMode => rules.Mode?.Octal ?? PendingLayer.FolderMode;

    private void PutFolder(CopyItem item, string path)
    {
        var there = path.Length == 0 ? null : layer.Find(path);
        if (there is { IsFolder: false }) throw new BuildException($"cannot copy to non-directory: /{path}", "remove what is there before, or choose another target");
        // Those within it bring their own owner and mode.
        if (path.Length == 0 || item.Path.Length == 0) return;
        layer.Put(new PendingEntry(Entry(item.Node, path)));
    }

    private void PutFile(FileTree tree, FileNode node, string path)
    {
        if (path.Length == 0 || layer.Find(path) is { IsFolder: true })
            throw new BuildException($"cannot replace to directory /{path} with file", "write a / behind the target to put the file into the folder");
        var hasContent = node.Type == EntryType.File;
        var link = hasContent && node.Identity is { } identity ? (_operand, identity.Item1, identity.Item2) : ((int, ulong, ulong)?)null;
        layer.Put(new PendingEntry(Entry(node, path) with { Size = node.Size }, tree, node, link));
    }

    private LayerEntry Entry(FileNode node, string path) => new()
    {
        Path = path,
        Type = node.Type,
        Mode = node.Type == EntryType.Symlink ? 0x1FF : rules.Mode?.Of(node.Mode, node.IsFolder) ?? node.Mode,
        Uid = rules.Owner?.Uid ?? node.Uid,
        Gid = rules.Owner?.Gid ?? node.Gid,
        Modified = new UnixTime(Math.Min(node.Modified.Seconds, rules.Latest), 0),
        LinkTarget = node.LinkTarget,
        DeviceMajor = node.DeviceMajor,
        DeviceMinor = node.DeviceMinor,
    };
}
