using Strata.Containers.Rootfs;
using Strata.Layers;

namespace Strata.Containers.Files;

/// <summary>Copies files between trees by the rules of <c>docker cp</c>.</summary>
public static class FileCopy
{
    private const int MaxLinks = 40;

    /// <summary>Copies a file, or a folder with all it has.</summary>
    /// <returns>Bytes of the files.</returns>
    /// <exception cref="ContainerException">The source is not there, or the destination cannot take it.</exception>
    public static async Task<long> CopyAsync(CopyEnd source, CopyEnd target, CopyOptions options, CancellationToken cancellationToken)
    {
        var from = Locate(source, options.FollowLink);
        var to = Place(target, from.IsFolder, source.IsContent, from.Name);
        long bytes = 0;
        await TreeCopy.RunAsync(
            tar => Write(tar, source.Root, from, to.Path, withRoot: !to.IsThere, cancellationToken),
            tar => ExtractAsync(tar, target.Root, entry =>
            {
                bytes += entry.Size;
                return options.KeepOwners ? entry : entry with { Uid = target.ShownAs.Length > 0 ? 0 : Kernel.Libc.UserId(), Gid = target.ShownAs.Length > 0 ? 0 : Kernel.Libc.GroupId() };
            }, cancellationToken)).ConfigureAwait(false);
        return bytes;
    }

    /// <summary>Writes a file, or a folder with all it has, as a tar whose entries begin with its name.</summary>
    public static void WriteTar(CopyEnd source, Stream tar, CopyOptions options, CancellationToken cancellationToken)
    {
        var from = Locate(source, options.FollowLink);
        Write(tar, source.Root, from, source.IsContent ? "" : from.Name, withRoot: true, cancellationToken);
    }

    /// <summary>Unpacks a tar into a folder that is there.</summary>
    /// <returns>Bytes of the files.</returns>
    /// <exception cref="ContainerException">There is no such folder, or the tar cannot be unpacked in it.</exception>
    public static async Task<long> ExtractTarAsync(Stream tar, CopyEnd target, CancellationToken cancellationToken)
    {
        using (var folder = RootedPath.TryOpen(target.Root, target.Path) ?? throw target.NotThere())
            if (!folder.IsFolder) throw new ContainerException($"extraction point is not a directory: {target.Path}");
        long bytes = 0;
        await ExtractAsync(tar, target.Root, entry =>
        {
            bytes += entry.Size;
            var link = entry is { Type: EntryType.Hardlink, LinkTarget: { } name } ? TreePath.Join(target.Clean, name) : entry.LinkTarget;
            // The folder that is there keeps its owner and mode.
            return entry.Path.Length == 0 ? null : entry with { Path = TreePath.Join(target.Clean, entry.Path), LinkTarget = link };
        }, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    private static async Task ExtractAsync(Stream tar, string root, Func<LayerEntry, LayerEntry?> place, CancellationToken cancellationToken)
    {
        try
        {
            await TreeTar.ExtractAsync(tar, root, place, new UnpackOptions { ReplacesKinds = false }, cancellationToken).ConfigureAwait(false);
        }
        catch (LayerException e)
        {
            throw new ContainerException(e.Message, e);
        }
    }

    private static void Write(Stream tar, string root, Found from, string name, bool withRoot, CancellationToken cancellationToken)
    {
        var options = new FolderLayerOptions { Below = name, WithRoot = withRoot };
        using var parent = RootedPath.TryOpen(root, from.IsFolder ? from.Path : from.Parent) ?? throw new IOException($"{from.Path} vanished while it was copied");
        if (from.IsFolder) TreeTar.WriteFolder(tar, parent.Path, options, cancellationToken);
        else TreeTar.WriteOne(tar, parent.Path, TreePath.Last(from.Path), options, cancellationToken);
    }

    private static Found Locate(CopyEnd source, bool followLink)
    {
        var path = source.Clean;
        var name = TreePath.Last(path);
        if (followLink || source.MustBeFolder) path = Resolve(source.Root, path) ?? throw source.NotThere();
        using var found = RootedPath.TryOpen(source.Root, path, follow: false) ?? throw source.NotThere();
        if (source.MustBeFolder && !found.IsFolder) throw new ContainerException($"{source.Path}: not a directory");
        return new Found(path, name, found.IsFolder && found.LinkTarget is null);
    }

    /// <summary>Where a copy goes, and whether a folder is there already that only gets more.</summary>
    private static (string Path, bool IsThere) Place(CopyEnd target, bool isFolder, bool isContent, string name)
    {
        var path = Resolve(target.Root, target.Clean);
        using var found = path is null ? null : RootedPath.TryOpen(target.Root, path);
        if (found?.IsFolder == true) return isFolder && isContent ? (path!, true) : (TreePath.Join(path!, name.Length == 0 ? throw new ContainerException("the root of a tree has no name: write its content as /.") : name), false);
        if (found is not null)
        {
            if (isFolder) throw new ContainerException($"cannot copy directory to {target.Path}: it is a file");
            return target.MustBeFolder ? throw new ContainerException($"{target.Path}: not a directory") : (path!, false);
        }
        if (target.MustBeFolder && !isFolder) throw new ContainerException($"{target.Path}: no such directory");
        path ??= target.Clean;
        using var parent = RootedPath.TryOpenFolder(target.Root, TreePath.Parent(path));
        return parent is null ? throw (target.ShownAs.Length == 0 ? new ContainerException($"invalid output path: directory \"/{TreePath.Parent(path)}\" does not exist") : target.NotThere()) : (path, false);
    }

    /// <summary>The path that is meant when links at its end are followed; null where they go in circles.</summary>
    private static string? Resolve(string root, string path)
    {
        for (var i = 0; i < MaxLinks; i++)
        {
            using var found = RootedPath.TryOpen(root, path, follow: false);
            if (found?.LinkTarget is not { } link) return path;
            path = TreePath.Normal(link.StartsWith('/') ? link : TreePath.Join(TreePath.Parent(path), link));
        }
        return null;
    }

    /// <param name="Path">Relative to the root, without links at its end where they were to be followed.</param>
    /// <param name="Name">What it was called when it was asked for.</param>
    private sealed record Found(string Path, string Name, bool IsFolder)
    {
        public string Parent => TreePath.Parent(Path);
    }
}
