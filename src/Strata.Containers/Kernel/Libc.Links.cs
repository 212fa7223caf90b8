using System.Runtime.InteropServices;

namespace Strata.Containers.Kernel;

internal static partial class Libc
{
    /// <param name="path">Empty: the link that the descriptor itself is.</param>
    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ReadLink(int descriptor, string path, Span<byte> target, nint size);
}
