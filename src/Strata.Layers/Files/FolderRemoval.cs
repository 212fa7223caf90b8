namespace Strata.Layers.Files;

/// <summary>Removes what a name in an open folder stands for, with all below it; never follows a link, and takes any name.</summary>
internal static class FolderRemoval
{
    private const int MaxOpenFolders = 512;

    /// <summary>Nothing to remove is as good.</summary>
    /// <exception cref="IOException">Something cannot be removed.</exception>
    public static void Remove(int folder, ReadOnlySpan<byte> name)
    {
        if (Native.Unlink(folder, name, 0) == 0 || Native.Error == Native.NoEntry) return;
        if (Native.Error is not (Native.IsDirectory or Native.NotPermitted)) throw Native.Failure("cannot remove a file");
        RemoveFolder(folder, name, depth: 0);
    }

    private static void RemoveFolder(int parent, ReadOnlySpan<byte> name, int depth)
    {
        if (depth > MaxOpenFolders) throw new IOException("cannot remove a folder: it is too deep");
        var folder = Native.OpenAt(parent, name, Native.Open.Folder, 0);
        if (folder < 0 && Native.Error == Native.NoAccess)
        {
            // Ours, but closed to ourselves: the mode that an image gave it.
            _ = Native.ChangeMode(parent, name, 0x1C0, 0);
            folder = Native.OpenAt(parent, name, Native.Open.Folder, 0);
        }
        if (folder < 0) throw Native.Failure("cannot open a folder that is to be removed");
        try
        {
            foreach (var child in FolderListing.Names(folder))
            {
                if (Native.Unlink(folder, child, 0) == 0 || Native.Error == Native.NoEntry) continue;
                if (Native.Error == Native.NoAccess && Native.ChangeMode(folder, 0x1C0) == 0 && Native.Unlink(folder, child, 0) == 0) continue;
                if (Native.Error is not (Native.IsDirectory or Native.NotPermitted)) throw Native.Failure("cannot remove a file");
                RemoveFolder(folder, child, depth + 1);
            }
        }
        finally
        {
            _ = Native.Close(folder);
        }
        if (Native.Unlink(parent, name, Native.RemoveFolder) != 0 && Native.Error != Native.NoEntry) throw Native.Failure("cannot remove a folder");
    }
}
