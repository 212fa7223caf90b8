using System.Security.Cryptography;
using System.Text;
using Strata.Layers.Files;
using Strata.Layers.Unpacking;
using Strata.Oci;

namespace Strata.Layers;

/// <summary>
/// Unpacks a layer that streams by, without its parent, to a folder that overlayfs takes as a lower directory. It is written under another
/// name beside, and renamed when it is complete. Any number of processes may unpack the same layer: one of the trees stays.
/// </summary>
public sealed class LayerUnpacker : ILayerSink
{
    private const string TreeName = "tree";
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;

    private readonly UnpackOptions _options;
    private readonly TreeWriter _writer;
    private readonly int _folder;
    private readonly int _root;
    private readonly byte[] _name;
    private bool _disposed;

    private LayerUnpacker(int folder, int root, byte[] name, UnpackOptions options)
    {
        (_folder, _root, _name, _options) = (folder, root, name, options);
        _writer = new TreeWriter(root, Privileges.Of(options));
    }

    /// <summary>Where the unpacked tree of a layer lies in a store, when it is there.</summary>
    public static string PathIn(string layersFolder, Digest diffId) =>
        Path.Combine(layersFolder, diffId.Algorithm.Prefix(), diffId.Hex, TreeName);

    /// <summary>True when the layer is unpacked: whole, since it has its name.</summary>
    public static bool IsUnpacked(string layersFolder, Digest diffId) => Directory.Exists(PathIn(layersFolder, diffId));

    /// <summary>Bytes on disk of all that is derived of a layer: its tree and its index.</summary>
    public static long DiskUse(string layersFolder, Digest diffId) => FolderUse.Of(Path.GetDirectoryName(PathIn(layersFolder, diffId))!);

    /// <summary>Begins, and removes what processes that were killed left of the same layer.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static LayerUnpacker Begin(string layersFolder, Digest diffId, UnpackOptions options)
    {
        var path = Path.GetDirectoryName(PathIn(layersFolder, diffId))!;
        Directory.CreateDirectory(path);
        // Set-id programs of images must not be there for the users of this machine to run.
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var folder = Native.OpenPath(path, Native.Open.Folder);
        if (folder < 0) throw Native.Failure($"cannot open {path}");
        try
        {
            RemoveAbandoned(folder);
            while (true)
            {
                var name = AnotherName();
                if (Native.MakeFolder(folder, name, 0x1ED) != 0) throw Native.Failure($"cannot make a folder in {path}");
                var root = Native.OpenAt(folder, name, Native.Open.Folder, 0);
                // Who clears up may have been quicker than the lock; then there is another name.
                if (root >= 0 && Native.Lock(root, LockExclusive | LockNonBlocking) == 0 && FileStatus.TryOf(folder, name, out _))
                {
                    if (Native.ChangeMode(root, 0x1ED) != 0) throw Native.Failure($"cannot set the mode of a folder in {path}");
                    return new LayerUnpacker(folder, root, name, options);
                }
                if (root >= 0) _ = Native.Close(root);
            }
        }
        catch
        {
            _ = Native.Close(folder);
            throw;
        }
    }

    public bool Enter(LayerEntry entry) => _writer.Write(entry);

    public void Content(ReadOnlySpan<byte> bytes) => _writer.Content(bytes);

    public void Hole(long length) => _writer.Hole(length);

    public void Leave() => _writer.CloseFile();

    /// <summary>
    /// When this returns, the tree has its name, and by default it is on disk. That another process was first is as good.
    /// </summary>
    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public void Commit()
    {
        _writer.Finish(CancellationToken.None);
        if (_options.IsDurable && Native.SyncFileSystem(_root) != 0) throw Native.Failure("cannot bring an unpacked layer to the disk");
        if (Native.Rename(_folder, _name, _folder, "tree\0"u8) != 0)
        {
            if (Native.Error is not (Native.Exists or Native.NotEmpty)) throw Native.Failure("cannot give an unpacked layer its name");
            FolderRemoval.Remove(_folder, _name);
        }
        if (_options.IsDurable && Native.Sync(_folder) != 0) throw Native.Failure("cannot bring an unpacked layer to the disk");
    }

    /// <summary>Without a commit before, nothing is left.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _writer.Dispose();
        try
        {
            // After a commit the name is gone.
            FolderRemoval.Remove(_folder, _name);
        }
        catch (IOException)
        {
            // What cannot be removed now is removed when the layer is unpacked the next time.
        }
        _ = Native.Close(_root);
        _ = Native.Close(_folder);
    }

    /// <summary>Removes the tree of a layer, if there is one. It must not be mounted.</summary>
    public static void Remove(string layersFolder, Digest diffId)
    {
        var folder = Native.OpenPath(Path.GetDirectoryName(PathIn(layersFolder, diffId))!, Native.Open.Folder);
        if (folder < 0) return;
        try
        {
            // First it loses its name: a kill in the midst must not leave a tree that counts as whole.
            var name = AnotherName();
            if (Native.Rename(folder, "tree\0"u8, folder, name) != 0 && Native.Error != Native.NoEntry) throw Native.Failure("cannot take an unpacked layer's name away");
            RemoveAbandoned(folder);
        }
        finally
        {
            _ = Native.Close(folder);
        }
    }

    private static byte[] AnotherName() => Encoding.ASCII.GetBytes($"{TreeName}.{RandomNumberGenerator.GetHexString(12, lowercase: true)}\0");

    /// <summary>Trees that are half written or half removed and whose processes have ended: the kernel gave up their locks.</summary>
    private static void RemoveAbandoned(int folder)
    {
        var listing = Native.OpenAt(folder, ".\0"u8, Native.Open.Folder, 0);
        if (listing < 0) throw Native.Failure("cannot list the folder of a layer");
        var names = FolderListing.Names(listing);
        _ = Native.Close(listing);
        foreach (var name in names)
        {
            if (!name.AsSpan().StartsWith("tree."u8)) continue;
            var left = Native.OpenAt(folder, name, Native.Open.Folder, 0);
            if (left < 0) continue;
            if (Native.Lock(left, LockExclusive | LockNonBlocking) == 0) FolderRemoval.Remove(folder, name);
            _ = Native.Close(left);
        }
    }
}
