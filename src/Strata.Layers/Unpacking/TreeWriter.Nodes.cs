using Strata.Layers.Files;
using Strata.Layers.Tar;

namespace Strata.Layers.Unpacking;

internal sealed partial class TreeWriter
{
    private const uint CharacterType = 0x2000;
    private const uint BlockType = 0x6000;
    private const uint FifoType = 0x1000;
    private const int OwnerBits = 0x1C0;

    private void WriteFolder(int parent, LayerEntry entry)
    {
        var name = _path.Last;
        var isPlain = IsPlain(entry) && (_privileges.KeepsOwners || (entry.Mode & OwnerBits) == OwnerBits);
        var isNew = Native.MakeFolder(parent, name, isPlain ? (uint)entry.Mode : OwnerBits) == 0;
        var hides = false;
        if (!isNew)
        {
            if (Native.Error != Native.Exists) throw Failed("make", entry.Path);
            if (FileStatus.TryOf(parent, name, out var status) && status.Type != EntryType.Directory)
            {
                // Of a whiteout and a folder of one layer, an opaque folder remains: new, with nothing of the lower layers in it.
                hides = status.IsOverlayWhiteout;
                Remove(parent, name, entry.Path, byFolder: true);
                if (Native.MakeFolder(parent, name, OwnerBits) != 0) throw Failed("make", entry.Path);
            }
        }
        if (!_folders.TryGo(_path, _path.Count)) throw Failed("open", entry.Path);
        if (hides) MarkOpaque(_folders.Top, "\0"u8, entry.Path);
        FinishFolder(_folders.Top, entry, isNew && isPlain);
    }

    private void FinishFolder(int folder, LayerEntry entry, bool isPlain = false)
    {
        _inheritsGroup |= (entry.Mode & SetGroupId) != 0;
        if (!isPlain && _privileges.KeepsOwners && Native.ChangeOwner(folder, (uint)entry.Uid, (uint)entry.Gid) != 0) throw FailedOwner(entry);
        WriteXattrs(folder, entry);
        // Without root's powers, a folder that its mode closes could not be filled: it gets the mode at the end.
        var mode = _privileges.KeepsOwners ? entry.Mode : entry.Mode | OwnerBits;
        if (!isPlain && Native.ChangeMode(folder, (uint)mode) != 0) throw Failed("set the mode of", entry.Path);
        _endings.Add(entry.Path, entry.Modified, entry.Mode);
    }

    private void WriteSymlink(int parent, LayerEntry entry)
    {
        byte[] target = [.. PathText.Encode(entry.LinkTarget!), 0];
        if (Native.Symlink(target, parent, _path.Last) != 0)
        {
            if (Native.Error != Native.Exists) throw Failed("make", entry.Path);
            Remove(parent, _path.Last, entry.Path);
            if (Native.Symlink(target, parent, _path.Last) != 0) throw Failed("make", entry.Path);
        }
        FinishName(parent, entry);
    }

    private void WriteHardlink(int parent, LayerEntry entry)
    {
        _target.Set(entry.LinkTarget!);
        if (entry.LinkTarget == entry.Path || _target.Count == 0) throw Refused(entry, "it is a hard link to itself or to the root");
        var name = _target.Last;
        if (!TryGoToTarget() || !FileStatus.TryOf(_targets.Top, name, out var status))
            throw Refused(entry, $"it is a hard link to '{EntryPath.Visible(entry.LinkTarget!)}', which the layer does not have before it");
        if (status.Type == EntryType.Directory || status.IsOverlayWhiteout)
            throw Refused(entry, $"it is a hard link to '{EntryPath.Visible(entry.LinkTarget!)}', which is no file");
        if (Native.Link(_targets.Top, name, parent, _path.Last, 0) == 0) return;
        if (Native.Error != Native.Exists) throw Failed("link", entry.Path);
        // The other name of the same file may be asked for again: removing it first would be as good, were it not perhaps the last.
        if (FileStatus.TryOf(parent, _path.Last, out var there) && there.Inode == status.Inode) return;
        Remove(parent, _path.Last, entry.Path);
        if (!TryGoToTarget()) throw Refused(entry, "it takes the place of the folder that its target lies in");
        if (Native.Link(_targets.Top, name, parent, _path.Last, 0) != 0) throw Failed("link", entry.Path);
    }

    private bool TryGoToTarget()
    {
        while (!_targets.TryGo(_target, _target.Count - 1))
            if (Native.Error is not (Native.NotDirectory or Native.TooManyLinks) || !_targets.TryThroughLink(_target)) return false;
        return true;
    }

    private void WriteNode(int parent, LayerEntry entry)
    {
        // Only root may make devices; without, a layer does without them, as every rootless engine has it.
        var isDevice = entry.Type != EntryType.Fifo;
        if (isDevice && !_privileges.KeepsOwners) return;
        var type = entry.Type == EntryType.Fifo ? FifoType : entry.Type == EntryType.CharacterDevice ? CharacterType : BlockType;
        MakeNode(parent, type | 0x180, isDevice ? DeviceNumber((uint)entry.DeviceMajor, (uint)entry.DeviceMinor) : 0, entry.Path);
        FinishName(parent, entry);
    }

    private void MakeNode(int parent, uint mode, ulong device, string path)
    {
        if (Native.MakeNode(parent, _path.Last, mode, device) == 0) return;
        if (Native.Error != Native.Exists) throw Failed("make", path);
        Remove(parent, _path.Last, path);
        if (Native.MakeNode(parent, _path.Last, mode, device) != 0) throw Failed("make", path);
    }

    /// <summary>For what has no descriptor of its own.</summary>
    private void FinishName(int parent, LayerEntry entry)
    {
        var name = _path.Last;
        if (_privileges.KeepsOwners && Native.ChangeOwner(parent, name, (uint)entry.Uid, (uint)entry.Gid, Native.NoFollow) != 0) throw FailedOwner(entry);
        WriteXattrs(parent, name, entry);
        // The node was made by us a moment ago and is no link: following it is no danger. Links have no mode.
        if (entry.Type != EntryType.Symlink && Native.ChangeMode(parent, name, (uint)entry.Mode, 0) != 0) throw Failed("set the mode of", entry.Path);
        Span<long> times = stackalloc long[4];
        Times(entry.Modified, times);
        if (Native.ChangeTimes(parent, name, times, Native.NoFollow) != 0) throw Failed("set the time of", entry.Path);
    }

    /// <summary>A device's number as the C library puts it together (sys/sysmacros.h).</summary>
    private static ulong DeviceNumber(uint major, uint minor) =>
        ((ulong)(major & 0xFFFFF000) << 32) | ((ulong)(major & 0xFFF) << 8) | ((ulong)(minor & 0xFFFFFF00) << 12) | (minor & 0xFF);
}
