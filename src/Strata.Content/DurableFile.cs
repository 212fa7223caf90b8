using Microsoft.Win32.SafeHandles;

namespace Strata.Content;

/// <summary>Writes that are whole or not there: a temporary name, flush, rename, flush of the folder.</summary>
public static class DurableFile
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Replaces <paramref name="path"/>. When this returns, the new content is on disk; readers see the old or the new.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Gives a file that was written under <paramref name="temporary"/> its final name, durably and read-only.</summary>
    internal static void Publish(SafeFileHandle file, string temporary, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder)) Directory.CreateDirectory(folder);
        RandomAccess.FlushToDisk(file);
        File.SetUnixFileMode(file, ReadOnly);
        File.Move(temporary, path, overwrite: true);
        FlushFolder(folder);
    }

    private static void FlushFolder(string folder)
    {
        var descriptor = Native.Open(folder, Native.ReadOnly);
        if (descriptor < 0) throw Native.Error($"cannot open the folder {folder}");
        var failed = Native.FSync(descriptor) != 0;
        var error = failed ? Native.Error($"cannot flush the folder {folder}") : null;
        _ = Native.Close(descriptor);
        if (error is not null) throw error;
    }
}
