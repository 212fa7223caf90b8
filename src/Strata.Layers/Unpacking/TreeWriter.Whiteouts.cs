using Strata.Layers.Files;

namespace Strata.Layers.Unpacking;

/// <summary>
/// Whiteouts in overlayfs's form: a removed name is a character device 0:0, an opaque folder has an attribute. They are about lower layers
/// only,
/// never about what the same layer brings, in whatever order it comes. Documentation/filesystems/overlayfs.rst, "whiteouts and opaque
/// directories".
/// </summary>
internal sealed partial class TreeWriter
{
    private static ReadOnlySpan<byte> TrustedOpaque => "trusted.overlay.opaque\0"u8;

    private static ReadOnlySpan<byte> UserOpaque => "user.overlay.opaque\0"u8;

    private ReadOnlySpan<byte> OpaqueName => _privileges.ForUserNamespace ? UserOpaque : TrustedOpaque;

    private void WriteWhiteout(int parent, LayerEntry entry)
    {
        // In an opaque folder nothing of the lower layers is left to remove, and overlayfs would show the device as a file.
        if (_hasOpaque && IsInOpaque()) return;
        if (FileStatus.TryOf(parent, _path.Last, out var status))
        {
            if (status.Type != EntryType.Directory) return;
            MarkOpaque(parent, _path.Last, entry.Path);
            return;
        }
        if (Native.MakeNode(parent, _path.Last, CharacterType, 0) != 0) throw Failed("make the whiteout of", entry.Path);
        _hasWhiteouts = true;
    }

    private void WriteOpaque(LayerEntry entry)
    {
        var folder = GoTo(_path.Count, entry);
        MarkOpaque(folder, "\0"u8, entry.Path);
    }

    /// <param name="name">Only a NUL for the folder itself.</param>
    private void MarkOpaque(int parent, ReadOnlySpan<byte> name, string path)
    {
        var folder = Native.OpenAt(parent, name.Length == 1 ? ".\0"u8 : name, Native.Open.Folder, 0);
        if (folder < 0) throw Failed("open", path);
        try
        {
            if (IsOpaque(folder)) return;
            if (Native.SetXattr(folder, OpaqueName, "y"u8, 1, 0) != 0) throw Failed("mark as opaque", path);
            _hasOpaque = true;
            if (_hasWhiteouts) RemoveWhiteouts(folder, depth: 0);
        }
        finally
        {
            _ = Native.Close(folder);
        }
    }

    private bool IsInOpaque()
    {
        for (var depth = _folders.Depth; depth >= 0; depth--)
            if (IsOpaque(_folders.At(depth))) return true;
        return false;
    }

    private bool IsOpaque(int folder)
    {
        Span<byte> value = stackalloc byte[1];
        return _hasOpaque && Native.GetXattr(folder, OpaqueName, value, 1) == 1 && value[0] == (byte)'y';
    }

    private static void RemoveWhiteouts(int folder, int depth)
    {
        foreach (var name in FolderListing.Names(folder))
        {
            if (!FileStatus.TryOf(folder, name, out var status)) continue;
            if (status.IsOverlayWhiteout && Native.Unlink(folder, name, 0) != 0) throw Native.Failure("cannot remove a whiteout");
            if (status.Type != EntryType.Directory || depth > LayerLimits.Default.MaxDepth) continue;
            var below = Native.OpenAt(folder, name, Native.Open.Folder, 0);
            if (below < 0) throw Native.Failure("cannot open a folder");
            try
            {
                RemoveWhiteouts(below, depth + 1);
            }
            finally
            {
                _ = Native.Close(below);
            }
        }
    }
}
