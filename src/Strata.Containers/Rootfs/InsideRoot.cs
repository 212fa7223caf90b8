using Microsoft.Win32.SafeHandles;
using Strata.Containers.Kernel;

namespace Strata.Containers.Rootfs;

/// <summary>Reads files of a root file system that a container may have changed: no link of it leads outside, and no pipe makes the reader wait.</summary>
internal static class InsideRoot
{
    /// <summary>More than any list of users has; what is larger is not read.</summary>
    private const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>Null when there is no such file, or it is none.</summary>
    public static string[]? ReadLines(string root, string path)
    {
        var folder = Libc.Open(root, Libc.PathOnly | Libc.CloseOnExec, 0);
        if (folder < 0) return null;
        var descriptor = Libc.OpenInside(folder, path, Libc.ReadOnly | Libc.NonBlocking);
        _ = Libc.Close(folder);
        if (descriptor < 0) return null;
        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            using var stream = new FileStream(file, FileAccess.Read, bufferSize: 0);
            if (!stream.CanSeek || stream.Length > MaxBytes) return null;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd().Split('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // a folder, or a device
        }
    }
}
