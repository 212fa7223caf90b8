using Strata.Layers.Files;

namespace Strata.Layers.Unpacking;

internal sealed partial class TreeWriter
{
    private const int FromHere = 1;
    private int _file = -1;
    private LayerEntry? _fileEntry;
    private long _filePosition;
    private bool _endsWithHole;

    private bool OpenFile(int parent, LayerEntry entry)
    {
        // The mode is right from the begin where it can be; a set-id bit must wait until the owner is right.
        var mode = IsPlain(entry) ? (uint)entry.Mode : 0x180;
        var file = Native.OpenAt(parent, _path.Last, Native.Open.NewFile, mode);
        if (file < 0 && Native.Error == Native.Exists)
        {
            Remove(parent, _path.Last, entry.Path);
            file = Native.OpenAt(parent, _path.Last, Native.Open.NewFile, mode);
        }
        if (file < 0) throw Failed("make", entry.Path);
        (_file, _fileEntry, _filePosition, _endsWithHole) = (file, entry, 0, false);
        return true;
    }

    public void Content(ReadOnlySpan<byte> bytes)
    {
        _endsWithHole = false;
        _filePosition += bytes.Length;
        while (bytes.Length > 0)
        {
            var n = (int)Native.Write(_file, bytes, bytes.Length);
            if (n < 0 && Native.Error == Native.Interrupted) continue;
            if (n <= 0) throw Failed("write", _fileEntry!.Path);
            bytes = bytes[n..];
        }
    }

    public void Hole(long length)
    {
        _endsWithHole = true;
        _filePosition += length;
        if (Native.Seek(_file, length, FromHere) < 0) throw Failed("make a hole in", _fileEntry!.Path);
    }

    public void CloseFile()
    {
        var entry = _fileEntry!;
        if (_endsWithHole && Native.Truncate(_file, _filePosition) != 0) throw Failed("make a hole in", entry.Path);
        FinishOpen(_file, entry);
        Span<long> times = stackalloc long[4];
        Times(entry.Modified, times);
        if (Native.ChangeTimes(_file, times) != 0) throw Failed("set the time of", entry.Path);
        var file = _file;
        (_file, _fileEntry) = (-1, null);
        // A file system that is full may say so only here.
        if (Native.Close(file) != 0) throw Failed("write", entry.Path);
    }

    /// <summary>Owner, then attributes (a new owner takes capabilities away), then mode (a new owner takes set-id bits away).</summary>
    private void FinishOpen(int descriptor, LayerEntry entry)
    {
        var isPlain = IsPlain(entry);
        if (!isPlain && _privileges.KeepsOwners && Native.ChangeOwner(descriptor, (uint)entry.Uid, (uint)entry.Gid) != 0)
            throw FailedOwner(entry);
        if (entry.Xattrs.Count > 0) WriteXattrs(descriptor, entry);
        if (!isPlain && Native.ChangeMode(descriptor, (uint)entry.Mode) != 0) throw Failed("set the mode of", entry.Path);
    }

    /// <summary>
    /// A new file has this owner and mode without being told. Without root's powers, one that gets attributes must be writable until it has
    /// them.
    /// </summary>
    private bool IsPlain(LayerEntry entry) =>
        !_inheritsGroup && (entry.Mode & (SetIdBits | (int)_privileges.Mask)) == 0
        && (_privileges.KeepsOwners ? entry.Uid == _privileges.Uid && entry.Gid == _privileges.Gid : entry.Xattrs.Count == 0);

    private void WriteXattrs(int descriptor, LayerEntry entry)
    {
        foreach (var (name, value) in entry.Xattrs)
            if (XattrNames.ForTree(name) is { } bytes && Native.SetXattr(descriptor, bytes, value, value.Length, 0) != 0) CheckXattr(name, entry);
    }

    private void WriteXattrs(int parent, ReadOnlySpan<byte> name, LayerEntry entry)
    {
        if (entry.Xattrs.Count == 0) return;
        var path = Xattrs.PathOf(parent, name);
        foreach (var (key, value) in entry.Xattrs)
            if (XattrNames.ForTree(key) is { } bytes && Native.SetLinkXattr(path, bytes, value, value.Length, 0) != 0) CheckXattr(key, entry);
    }

    /// <summary>A file system without attributes, and a user who may not set some, still get the files; anything else is a fault.</summary>
    private void CheckXattr(string name, LayerEntry entry)
    {
        var isExpected = Native.Error == Native.NotSupported
            || (Native.Error == Native.NotPermitted && (!_privileges.KeepsOwners || _privileges.ForUserNamespace || entry.Type is not (EntryType.File or EntryType.Directory)));
        if (!isExpected) throw Failed($"set the extended attribute {Tar.EntryPath.Visible(name)} of", entry.Path);
    }

    private static Exception FailedOwner(LayerEntry entry) => Native.Error == Native.InvalidArgument
        ? Refused(entry, $"its owner {entry.Uid}:{entry.Gid} is not mapped in this user namespace")
        : Failed("set the owner of", entry.Path);
}
