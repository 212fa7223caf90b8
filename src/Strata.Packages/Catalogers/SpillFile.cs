using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace Strata.Packages.Catalogers;

/// <summary>
/// Temporary files without a name, used again and again: to write over what is in memory already costs the system far less than a new file
/// for each program of an image.
/// </summary>
internal static class SpillFile
{
    /// <summary>Bytes that a file keeps while nobody uses it.</summary>
    private const long MostKept = 64 * 1024 * 1024;

    private static readonly ConcurrentBag<SafeFileHandle> Unused = [];

    /// <summary>What is in it is of an earlier use.</summary>
    public static SafeFileHandle Rent() => Unused.TryTake(out var file) ? file : Create();

    public static void Return(SafeFileHandle file)
    {
        if (RandomAccess.GetLength(file) > MostKept) RandomAccess.SetLength(file, 0);
        // As many as were ever in use at once: one a layer that is read.
        Unused.Add(file);
    }

    private static SafeFileHandle Create()
    {
        var path = Path.Join(Path.GetTempPath(), $"strata-{Guid.NewGuid():N}");
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        // Gone from the folder at once: a killed process leaves nothing.
        File.Delete(path);
        return file;
    }
}
