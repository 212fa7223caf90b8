namespace Strata.Layers.Files;

/// <summary>What a folder takes on disk: blocks, so that holes weigh nothing, and a file with several names once. Links are not followed.</summary>
internal static class FolderUse
{
    private const int BlockSize = 512;

    /// <summary>0 for a folder that is not there; what may not be looked into is left out.</summary>
    public static long Of(string folder)
    {
        var root = Native.OpenPath(folder, Native.Open.Folder);
        return root < 0 ? 0 : Take(root, []);
    }

    /// <param name="folder">Closed at the end.</param>
    private static long Take(int folder, HashSet<(ulong Inode, uint Major, uint Minor)> seen)
    {
        long bytes = 0;
        try
        {
            foreach (var name in FolderListing.Names(folder))
            {
                if (!FileStatus.TryOf(folder, name, out var status)) continue;
                if (status.LinkCount > 1 && status.Type != EntryType.Directory && !seen.Add((status.Inode, status.OnDeviceMajor, status.OnDeviceMinor))) continue;
                bytes += (long)status.Blocks * BlockSize;
                if (status.Type != EntryType.Directory) continue;
                var child = Native.OpenAt(folder, name, Native.Open.Folder, 0);
                if (child >= 0) bytes += Take(child, seen);
            }
            return bytes;
        }
        finally
        {
            _ = Native.Close(folder);
        }
    }
}
