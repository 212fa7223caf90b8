using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Strata.Content;

/// <summary>The few calls of the C library that .NET does not offer.</summary>
internal static partial class Native
{
    public const int LockShared = 1;
    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;
    public const int Interrupted = 4;
    public const int WouldBlock = 11;

    /// <summary>O_RDWR | O_CREAT | O_CLOEXEC.</summary>
    public const int ReadWriteCreate = 0x80042;

    /// <summary>0644.</summary>
    public const int OwnerWrites = 0x1a4;

    /// <summary>O_RDONLY | O_CLOEXEC. O_DIRECTORY differs between architectures and is not needed to flush.</summary>
    public const int ReadOnlyDirectory = 0x80000;

    public static int LastError => Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int FLock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, int mode = 0);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    public static IOException Error(string what) => new($"{what}: {Marshal.GetLastPInvokeErrorMessage()}");
}
