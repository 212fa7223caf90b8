using Microsoft.Win32.SafeHandles;
using Strata.Layers.Files;
using Strata.Layers.Tar;
using Strata.Layers.Unpacking;

namespace Strata.Layers;

/// <summary>
/// Reads a folder and what is below it by names as bytes, without ever leaving it: links on the way count as if the folder were the root of
/// all. Safe for several threads.
/// </summary>
public sealed class FolderReader : IDisposable
{
    private const int MaxTarget = 4096;
    private readonly SafeFileHandle _root;

    /// <exception cref="IOException">There is no such folder, or it may not be read.</exception>
    public FolderReader(string folder)
    {
        var root = Native.OpenPath(folder, Native.Open.FolderThroughLinks);
        if (root < 0) throw Native.Failure($"cannot open {folder}");
        _root = new SafeFileHandle(root, ownsHandle: true);
        Folder = folder;
    }

    public string Folder { get; }

    /// <summary>What is at a path, links not followed at its end; null when there is nothing.</summary>
    public FolderFile? Find(string path)
    {
        if (path.Length == 0) return File(Root, "\0"u8, "");
        using var parent = TryOpen(ParentOf(path));
        return parent is null ? null : File((int)parent.DangerousGetHandle(), NameOf(path), path);
    }

    /// <summary>What is in a folder, in the order of the names' bytes.</summary>
    /// <exception cref="IOException">It may not be read.</exception>
    public IReadOnlyList<FolderFile> List(string path)
    {
        using var folder = TryOpen(path) ?? throw Native.Failure($"cannot open {Path.Combine(Folder, EntryPath.Visible(path))}");
        var descriptor = (int)folder.DangerousGetHandle();
        var files = new List<FolderFile>();
        foreach (var name in FolderListing.Names(descriptor))
        {
            var text = PathText.Decode(name.AsSpan(0, name.Length - 1));
            // What vanished meanwhile was not there.
            if (File(descriptor, name, path.Length == 0 ? text : $"{path}/{text}") is { } file) files.Add(file);
        }
        return files;
    }

    /// <summary>Opens a file; a link is none.</summary>
    /// <exception cref="IOException">It is not there, or may not be read.</exception>
    public FileStream Open(string path)
    {
        using var parent = TryOpen(ParentOf(path));
        var descriptor = parent is null ? -1 : Native.OpenAt((int)parent.DangerousGetHandle(), NameOf(path), Native.Open.Read, 0);
        if (descriptor < 0) throw Native.Failure($"cannot read {Path.Combine(Folder, EntryPath.Visible(path))}");
        return new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0);
    }

    /// <summary>The extended attributes that a layer may have.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Xattrs(string path)
    {
        using var parent = TryOpen(ParentOf(path));
        if (parent is null) return [];
        var all = Files.Xattrs.Of((int)parent.DangerousGetHandle(), path.Length == 0 ? "\0"u8 : NameOf(path));
        return all.Count == 0 ? all : [.. all.Where(x => XattrNames.ForLayer(x.Key) is not null).Select(x => KeyValuePair.Create(XattrNames.ForLayer(x.Key)!, x.Value))];
    }

    public void Dispose() => _root.Dispose();

    private int Root => (int)_root.DangerousGetHandle();

    private static string ParentOf(string path) => path.LastIndexOf('/') is > 0 and var at ? path[..at] : "";

    private static byte[] NameOf(string path) => [.. PathText.Encode(path[(path.LastIndexOf('/') + 1)..]), 0];

    private SafeFileHandle? TryOpen(string path)
    {
        var descriptor = path.Length == 0 ? Native.OpenAt(Root, ".\0"u8, Native.Open.Folder, 0) : Native.OpenInside(Root, [.. PathText.Encode(path), 0]);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private static FolderFile? File(int folder, ReadOnlySpan<byte> name, string path)
    {
        if (!FileStatus.TryOf(folder, name, out var status)) return null;
        return new FolderFile
        {
            Path = path,
            Type = status.Type,
            Mode = status.Permissions,
            Uid = status.Uid,
            Gid = status.Gid,
            Size = status.Type == EntryType.File ? (long)status.Size : 0,
            Modified = status.Modified,
            Changed = new UnixTime(status.ChangeSeconds, (int)status.ChangeNanoseconds),
            Identity = (((ulong)status.OnDeviceMajor << 32) | status.OnDeviceMinor, status.Inode),
            Links = (int)status.LinkCount,
            LinkTarget = status.Type == EntryType.Symlink ? ReadLink(folder, name, path) : null,
            DeviceMajor = (int)status.DeviceMajor,
            DeviceMinor = (int)status.DeviceMinor,
        };
    }

    private static string ReadLink(int folder, ReadOnlySpan<byte> name, string path)
    {
        Span<byte> target = stackalloc byte[MaxTarget];
        var length = (int)Native.ReadLink(folder, name, target, target.Length);
        return length >= 0 ? PathText.Decode(target[..length]) : throw Native.Failure($"cannot read the link {EntryPath.Visible(path)}");
    }
}
