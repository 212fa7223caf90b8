using Strata.Layers.Files;
using Strata.Layers.Tar;

namespace Strata.Layers.Unpacking;

/// <summary>
/// Writes the entries of a layer below an open folder, as a lower directory of overlayfs. Every call to the kernel has the descriptor of
/// the
/// folder and one name in it; no link of the archive is followed but within the tree.
/// </summary>
internal sealed partial class TreeWriter : IDisposable
{
    private const int SetIdBits = 0xE00;
    private const int SetGroupId = 0x400;

    private readonly int _root;
    private readonly Privileges _privileges;
    private readonly FolderStack _folders;
    private readonly FolderStack _targets;
    private readonly PathParts _path = new();
    private readonly PathParts _target = new();
    private readonly FolderEndings _endings = new();
    private bool _inheritsGroup;
    private bool _hasWhiteouts;
    private bool _hasOpaque;

    private readonly bool _replacesKinds;

    /// <param name="root">The descriptor of the tree's root; stays the caller's.</param>
    public TreeWriter(int root, Privileges privileges, bool replacesKinds = true)
    {
        (_root, _privileges, _replacesKinds) = (root, privileges, replacesKinds);
        (_folders, _targets) = (new FolderStack(root), new FolderStack(root));
    }

    /// <summary>Writes an entry.</summary>
    /// <returns>True for a file: its content follows.</returns>
    /// <exception cref="LayerException">The archive asks for what cannot be.</exception>
    /// <exception cref="IOException">This machine cannot do it.</exception>
    public bool Write(LayerEntry entry)
    {
        _path.Set(entry.Path);
        if (entry.Whiteout == Whiteout.Opaque)
        {
            WriteOpaque(entry);
            return false;
        }
        if (_path.Count == 0)
        {
            FinishFolder(_root, entry);
            return false;
        }
        var parent = GoTo(_path.Count - 1, entry);
        if (entry.Whiteout == Whiteout.Path) WriteWhiteout(parent, entry);
        else if (entry.Type == EntryType.File) return OpenFile(parent, entry);
        else if (entry.Type == EntryType.Directory) WriteFolder(parent, entry);
        else if (entry.Type == EntryType.Symlink) WriteSymlink(parent, entry);
        else if (entry.Type == EntryType.Hardlink) WriteHardlink(parent, entry);
        else WriteNode(parent, entry);
        return false;
    }

    /// <summary>Gives the folders their times, and their modes where these would have been in the way.</summary>
    public void Finish(CancellationToken cancellationToken)
    {
        Span<long> times = stackalloc long[4];
        var done = _privileges.KeepsOwners ? null : new HashSet<string>(StringComparer.Ordinal);
        // Where modes are given, the inner folders come first: the outer one may close the way.
        foreach (var (path, time, mode) in done is null ? _endings.All() : _endings.All().Reverse())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (done is not null && !done.Add(path)) continue;
            _path.Set(path);
            // A later entry may have put something else in the folder's place.
            if (!TryGoThroughLinks(_path.Count)) continue;
            Times(time, times);
            var folder = _folders.Top;
            if (done is not null && Native.ChangeMode(folder, (uint)mode) != 0) throw Failed("set the mode of", path);
            if (Native.ChangeTimes(folder, times) != 0) throw Failed("set the time of", path);
        }
    }

    public void Dispose()
    {
        if (_file >= 0) _ = Native.Close(_file);
        _file = -1;
        _folders.Dispose();
        _targets.Dispose();
    }

    /// <summary>The folder of the first names of the path; folders that the archive did not mention are made.</summary>
    private int GoTo(int depth, LayerEntry entry)
    {
        while (!_folders.TryGo(_path, depth))
        {
            var at = _folders.Depth;
            var error = Native.Error;
            if (error == Native.NoEntry)
            {
                MakeMissingFolder(_folders.Top, _path[at], opaque: false, entry.Path);
                continue;
            }
            if (error is not (Native.NotDirectory or Native.TooManyLinks)) throw Failed("open a folder of", entry.Path);
            if (!FileStatus.TryOf(_folders.Top, _path[at], out var status)) continue;
            if (status.IsOverlayWhiteout) ReplaceByFolder(at, entry.Path);
            else if (status.Type != EntryType.Symlink) throw Refused(entry, $"it lies in a {status.Type}, not in a folder");
            else if (!_folders.TryThroughLink(_path)) throw Refused(entry, "it lies behind a symbolic link that leads to no folder of the layer");
        }
        return _folders.Top;
    }

    private bool TryGoThroughLinks(int depth)
    {
        while (!_folders.TryGo(_path, depth))
            if (Native.Error is not (Native.NotDirectory or Native.TooManyLinks) || !_folders.TryThroughLink(_path)) return false;
        return true;
    }

    /// <summary>What lower layers have under the name stays hidden: the new folder begins empty.</summary>
    private void ReplaceByFolder(int depth, string path)
    {
        Remove(_folders.At(depth), _path[depth], path);
        MakeMissingFolder(_folders.At(depth), _path[depth], opaque: true, path);
    }

    private void MakeMissingFolder(int parent, ReadOnlySpan<byte> name, bool opaque, string path)
    {
        if (Native.MakeFolder(parent, name, 0x1ED) != 0) throw Failed("make a folder of", path);
        if (opaque || _inheritsGroup || (0x1ED & _privileges.Mask) != 0)
        {
            if (_privileges.KeepsOwners && Native.ChangeOwner(parent, name, 0, 0, Native.NoFollow) != 0) throw Failed("set the owner of a folder of", path);
            if (Native.ChangeMode(parent, name, 0x1ED, 0) != 0) throw Failed("set the mode of a folder of", path);
        }
        if (opaque) MarkOpaque(parent, name, path);
    }

    /// <param name="byFolder">What comes in its place is a folder.</param>
    private void Remove(int parent, ReadOnlySpan<byte> name, string path, bool byFolder = false)
    {
        if (!_replacesKinds && FileStatus.TryOf(parent, name, out var there) && (there.Type == EntryType.Directory) != byFolder)
        {
            throw new LayerException(byFolder
                ? $"cannot overwrite non-directory \"/{EntryPath.Visible(path)}\" with directory"
                : $"cannot overwrite directory \"/{EntryPath.Visible(path)}\" with non-directory");
        }
        try
        {
            FolderRemoval.Remove(parent, name);
        }
        catch (IOException e)
        {
            throw new IOException($"cannot replace '{EntryPath.Visible(path)}': {e.Message}", e);
        }
        // Folders that are open below it are no longer those of the tree.
        _targets.Shrink(0);
    }

    private static void Times(UnixTime time, Span<long> times)
    {
        (times[0], times[1]) = (time.Seconds, time.Nanoseconds);
        (times[2], times[3]) = (time.Seconds, time.Nanoseconds);
    }

    private static IOException Failed(string what, string path) => Native.Failure($"cannot {what} '{EntryPath.Visible(path)}'");

    private static LayerException Refused(LayerEntry entry, string why) =>
        new($"'{EntryPath.Visible(entry.Path)}' cannot be unpacked: {why}");
}
