using System.Runtime.InteropServices;

namespace Strata.Layers.Writing;

/// <summary>The few calls of the C library that .NET does not offer.</summary>
internal static partial class Native
{
    private const int NotSupported = 95;
    private const int NoData = 61;

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int StatX(int folder, string path, int flags, uint mask, out FileStatus status);

    [LibraryImport("libc", EntryPoint = "llistxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ListXattr(string path, Span<byte> names, nint size);

    [LibraryImport("libc", EntryPoint = "lgetxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetXattr(string path, string name, Span<byte> value, nint size);

    /// <summary>The extended attributes of a path, links not followed; values are bytes.</summary>
    public static IReadOnlyList<KeyValuePair<string, byte[]>> Xattrs(string path)
    {
        Span<byte> names = stackalloc byte[4096];
        var length = ListXattr(path, names, names.Length);
        if (length < 0 && Marshal.GetLastPInvokeError() == NotSupported) return [];
        if (length < 0) throw new IOException($"cannot list the extended attributes of {path}: {Marshal.GetLastPInvokeErrorMessage()}");
        var found = new List<KeyValuePair<string, byte[]>>();
        foreach (var range in names[..(int)length].Split((byte)0))
        {
            if (names[range].Length == 0) continue;
            var name = System.Text.Encoding.UTF8.GetString(names[range]);
            var value = new byte[64 * 1024];
            var n = GetXattr(path, name, value, value.Length);
            if (n < 0 && Marshal.GetLastPInvokeError() == NoData) continue;
            if (n < 0) throw new IOException($"cannot read the attribute {name} of {path}: {Marshal.GetLastPInvokeErrorMessage()}");
            found.Add(KeyValuePair.Create(name, value[..(int)n]));
        }
        return found;
    }
}
