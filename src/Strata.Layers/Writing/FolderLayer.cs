using Strata.Layers.Tar;

namespace Strata.Layers.Writing;

/// <summary>Writes what a folder has as the content of a layer, in the order of the paths' bytes, so that the same folder gives the same layer.</summary>
internal sealed class FolderLayer(string folder, FolderLayerOptions options, TarWriter tar)
{
    private readonly Dictionary<(ulong Inode, uint Major, uint Minor), string> _linked = [];

    public void Write(CancellationToken cancellationToken) => WriteFolder("", cancellationToken);

    private void WriteFolder(string path, CancellationToken cancellationToken)
    {
        var full = Path.Combine(folder, path);
        // The root of an image is not a layer's to change, but for a base, whose root has an owner and a mode.
        if (path.Length > 0 || options.WithRoot) WriteEntry(path, full, FileStatus.Of(full));
        if (options.IsOverlay && path.Length > 0 && IsOpaque(full)) WriteMark(path, Whiteout.Opaque, FileStatus.Of(full));
        foreach (var child in Directory.EnumerateFileSystemEntries(full).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var childPath = Path.GetRelativePath(folder, child);
            if (options.Leaves(childPath)) continue;
            var status = FileStatus.Of(child);
            if (options.IsOverlay && status.IsOverlayWhiteout) WriteMark(childPath, Whiteout.Path, status);
            else if (status.Type == EntryType.Directory) WriteFolder(childPath, cancellationToken);
            else if (status.Type is not null) WriteEntry(childPath, child, status);
        }
    }

    private void WriteEntry(string path, string full, FileStatus status)
    {
        var type = status.Type!.Value;
        string? link = type == EntryType.Symlink ? new FileInfo(full).LinkTarget : null;
        if (type != EntryType.Directory && status.LinkCount > 1
            && !_linked.TryAdd((status.Inode, status.OnDeviceMajor, status.OnDeviceMinor), path))
            (type, link) = (EntryType.Hardlink, _linked[(status.Inode, status.OnDeviceMajor, status.OnDeviceMinor)]);

        var xattrs = type == EntryType.Hardlink ? [] : Native.Xattrs(full).Where(IsForLayer).ToArray();
        using var content = type == EntryType.File && status.Size > 0 ? File.OpenRead(full) : null;
        tar.Begin(Entry(path, type, status) with
        {
            Size = content?.Length ?? 0,
            LinkTarget = link,
            DeviceMajor = type is EntryType.CharacterDevice or EntryType.BlockDevice ? (int)status.DeviceMajor : 0,
            DeviceMinor = type is EntryType.CharacterDevice or EntryType.BlockDevice ? (int)status.DeviceMinor : 0,
        }, xattrs);
        if (content is not null) Copy(content, content.Length, full);
    }

    /// <summary>Exactly the size that the header promised, even of a file that somebody is writing to.</summary>
    private void Copy(FileStream content, long size, string full)
    {
        var buffer = new byte[64 * 1024];
        for (var left = size; left > 0;)
        {
            var n = content.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (n == 0) throw new IOException($"{full} became shorter while it was read");
            tar.Output.Write(buffer, 0, n);
            left -= n;
        }
    }

    private void WriteMark(string path, Whiteout whiteout, FileStatus status) =>
        tar.Begin(Entry(path, EntryType.File, status) with { Whiteout = whiteout, Mode = 0 }, []);

    private LayerEntry Entry(string path, EntryType type, FileStatus status) => new()
    {
        Path = path,
        Type = type,
        Mode = status.Permissions,
        Uid = options.OwnedByRoot ? 0 : status.Uid,
        Gid = options.OwnedByRoot ? 0 : status.Gid,
        ModTime = Whole(status.ModTime > options.NoLaterThan ? options.NoLaterThan : status.ModTime),
    };

    /// <summary>Layers keep whole seconds: a fraction would need a PAX header for every entry, and differs from machine to machine.</summary>
    private static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static bool IsOpaque(string full) =>
        Native.Xattrs(full).Any(x => x.Key is "trusted.overlay.opaque" or "user.overlay.opaque" && x.Value.AsSpan().SequenceEqual("y"u8));

    /// <summary>Labels of this machine's security module and overlayfs's own notes are no part of an image.</summary>
    private static bool IsForLayer(KeyValuePair<string, byte[]> xattr) =>
        xattr.Key != "security.selinux"
        && !xattr.Key.StartsWith("trusted.overlay.", StringComparison.Ordinal)
        && !xattr.Key.StartsWith("user.overlay.", StringComparison.Ordinal);
}
