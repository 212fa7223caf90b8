using Strata.Layers.Files;
using Strata.Layers.Tar;
using Strata.Layers.Unpacking;

namespace Strata.Layers.Writing;

/// <summary>
/// Writes what a folder has as the content of a layer, in the order of the names' bytes, so that the same folder gives the same layer.
/// </summary>
/// <param name="see">Instead of a tar: shown each entry, without content.</param>
internal sealed class FolderLayer(string folder, FolderLayerOptions options, TarWriter? tar, Action<LayerEntry>? see = null)
{
    private const int MaxTarget = 4096;

    /// <summary>Notes of overlayfs that a folder was only renamed, or a file's mode only changed: its content is not here.</summary>
    private static readonly string[] LowerDependent =
        ["trusted.overlay.redirect", "user.overlay.redirect", "trusted.overlay.metacopy", "user.overlay.metacopy"];

    private readonly Dictionary<(ulong Inode, uint Major, uint Minor), string> _linked = [];
    private readonly byte[] _buffer = new byte[128 * 1024];

    public void Write(CancellationToken cancellationToken)
    {
        var root = Native.OpenPath(folder, Native.Open.FolderThroughLinks);
        if (root < 0) throw Native.Failure($"cannot open {folder}");
        try
        {
            FileStatus.TryOf(root, "\0"u8, out var status);
            // The root of an image is not a layer's to change, but for a base, whose root has an owner and a mode.
            if (options.WithRoot) WriteEntry(root, "\0"u8, options.Below, status);
            WriteChildren(root, options.Below, cancellationToken);
        }
        finally
        {
            _ = Native.Close(root);
        }
    }

    /// <summary>One thing that lies in the folder, with all it has; <see cref="FolderLayerOptions.Below"/> is what it is called.</summary>
    public void WriteOne(string name, CancellationToken cancellationToken)
    {
        var root = Native.OpenPath(folder, Native.Open.FolderThroughLinks);
        if (root < 0) throw Native.Failure($"cannot open {folder}");
        try
        {
            byte[] bytes = [.. PathText.Encode(name), 0];
            if (!FileStatus.TryOf(root, bytes, out var status)) throw new FileNotFoundException($"{Full(name)} is not there");
            if (status.Type == EntryType.Directory) WriteFolder(root, bytes, options.Below, status, cancellationToken);
            else if (status.Type is not null) WriteEntry(root, bytes, options.Below, status);
        }
        finally
        {
            _ = Native.Close(root);
        }
    }

    private void WriteChildren(int parent, string path, CancellationToken cancellationToken)
    {
        foreach (var name in FolderListing.Names(parent))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = PathText.Decode(name.AsSpan(0, name.Length - 1));
            var childPath = path.Length == 0 ? text : $"{path}/{text}";
            if (options.Leaves(childPath)) continue;
            if (!FileStatus.TryOf(parent, name, out var status)) throw new IOException($"{Full(childPath)} vanished while it was read");
            if (options.IsOverlay && status.IsOverlayWhiteout) WriteMark(childPath, Whiteout.Path, status);
            else if (status.Type == EntryType.Directory) WriteFolder(parent, name, childPath, status, cancellationToken);
            else if (status.Type is not null) WriteEntry(parent, name, childPath, status);
        }
    }

    private void WriteFolder(int parent, byte[] name, string path, FileStatus status, CancellationToken cancellationToken)
    {
        var isOpaque = WriteEntry(parent, name, path, status);
        if (isOpaque) WriteMark(path, Whiteout.Opaque, status);
        var child = Native.OpenAt(parent, name, Native.Open.Folder, 0);
        if (child < 0) throw Native.Failure($"cannot open {Full(path)}");
        try
        {
            WriteChildren(child, path, cancellationToken);
        }
        finally
        {
            _ = Native.Close(child);
        }
    }

    /// <returns>True for the upper side of an opaque folder.</returns>
    private bool WriteEntry(int parent, ReadOnlySpan<byte> name, string path, FileStatus status)
    {
        var type = status.Type!.Value;
        var link = type == EntryType.Symlink ? ReadLink(parent, name, path) : null;
        if (type != EntryType.Directory && status.LinkCount > 1
            && !_linked.TryAdd((status.Inode, status.OnDeviceMajor, status.OnDeviceMinor), path))
            (type, link) = (EntryType.Hardlink, _linked[(status.Inode, status.OnDeviceMajor, status.OnDeviceMinor)]);

        var xattrs = type == EntryType.Hardlink ? [] : Xattrs.Of(parent, name);
        if (options.IsOverlay && xattrs.FirstOrDefault(x => LowerDependent.Contains(x.Key)).Key is { } note)
            throw new IOException($"{Full(path)} is not whole in this folder: overlayfs keeps the rest in a lower one ({note}); mount with redirect_dir=off,metacopy=off");
        var isDevice = type is EntryType.CharacterDevice or EntryType.BlockDevice;
        var entry = Entry(path, type, status) with
        {
            LinkTarget = link,
            DeviceMajor = isDevice ? (int)status.DeviceMajor : 0,
            DeviceMinor = isDevice ? (int)status.DeviceMinor : 0,
        };
        if (see is not null) see(entry);
        else if (type == EntryType.File) WriteFile(parent, name, entry, ForLayer(xattrs));
        else tar!.Begin(entry, ForLayer(xattrs));
        return options.IsOverlay && xattrs.Any(x => x.Key is "trusted.overlay.opaque" or "user.overlay.opaque" && x.Value.AsSpan().SequenceEqual("y"u8));
    }

    private void WriteFile(int parent, ReadOnlySpan<byte> name, LayerEntry entry, KeyValuePair<string, byte[]>[] xattrs)
    {
        var descriptor = Native.OpenAt(parent, name, Native.Open.Read, 0);
        if (descriptor < 0) throw Native.Failure($"cannot open {Full(entry.Path)}");
        using var content = new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: true);
        var size = RandomAccess.GetLength(content);
        tar!.Begin(entry with { Size = size }, xattrs);
        // Exactly the size that the header promised, even of a file that somebody is writing to.
        for (long at = 0; at < size;)
        {
            var n = RandomAccess.Read(content, _buffer.AsSpan(0, (int)Math.Min(size - at, _buffer.Length)), at);
            if (n == 0) throw new IOException($"{Full(entry.Path)} became shorter while it was read");
            tar.Output.Write(_buffer, 0, n);
            at += n;
        }
    }

    private void WriteMark(string path, Whiteout whiteout, FileStatus status)
    {
        var entry = Entry(path, EntryType.File, status) with { Whiteout = whiteout, Mode = 0 };
        if (see is not null) see(entry);
        else tar!.Begin(entry, []);
    }

    private LayerEntry Entry(string path, EntryType type, FileStatus status) => new()
    {
        Path = path,
        Type = type,
        Mode = status.Permissions,
        Uid = options.OwnedByRoot ? 0 : status.Uid,
        Gid = options.OwnedByRoot ? 0 : status.Gid,
        // Layers keep whole seconds: a fraction would need a PAX header for every entry, and differs from machine to machine.
        Modified = new UnixTime(Math.Min(status.ModSeconds, options.NoLaterThan.ToUnixTimeSeconds()), 0),
    };

    private string ReadLink(int parent, ReadOnlySpan<byte> name, string path)
    {
        Span<byte> target = stackalloc byte[MaxTarget];
        var length = (int)Native.ReadLink(parent, name, target, target.Length);
        return length >= 0 ? PathText.Decode(target[..length]) : throw Native.Failure($"cannot read the link {Full(path)}");
    }

    private string Full(string path) => Path.Combine(folder, EntryPath.Visible(path));

    /// <summary>Labels of this machine's security module and overlayfs's own notes are no part of an image.</summary>
    private static KeyValuePair<string, byte[]>[] ForLayer(IReadOnlyList<KeyValuePair<string, byte[]>> xattrs) =>
        [.. xattrs.Where(x => XattrNames.ForLayer(x.Key) is not null).Select(x => KeyValuePair.Create(XattrNames.ForLayer(x.Key)!, x.Value))];
}
