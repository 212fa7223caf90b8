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
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int NoAccess = 13;
    public const int ReadOnlyFileSystem = 30;

    /// <summary>O_RDWR | O_CREAT | O_CLOEXEC.</summary>
    public const int ReadWriteCreate = 0x80042;

    /// <summary>0644.</summary>
    public const int OwnerWrites = 0x1a4;

    /// <summary>O_RDONLY | O_CLOEXEC. O_DIRECTORY differs between architectures and is not needed to flush.</summary>
    public const int ReadOnly = 0x80000;

    public static int LastError => Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int FLock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, int mode = 0);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    /// <summary>Which file a handle or a path means: its device and inode. False when there is none.</summary>
    public static bool Identity(SafeFileHandle file, out (ulong, ulong) identity) => Identity(file.DangerousGetHandle().ToInt32(), "", EmptyPath, out identity);

    /// <inheritdoc cref="Identity(SafeFileHandle, out ValueTuple{ulong, ulong})"/>
    public static bool Identity(string path, out (ulong, ulong) identity) => Identity(CurrentFolder, path, 0, out identity);

    private static bool Identity(int folder, string path, int flags, out (ulong, ulong) identity)
    {
        var found = StatX(folder, path, flags, InodeField, out var status) == 0;
        identity = (((ulong)status.DeviceMajor << 32) | status.DeviceMinor, status.Inode);
        return found;
    }

    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint InodeField = 0x100;

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out Status status);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(136)] public uint DeviceMajor;
        [FieldOffset(140)] public uint DeviceMinor;
    }

    /// <summary>As .NET's own calls throw it: the number of the error is in HResult, so that a full disk is known as one.</summary>
    public static IOException Error(string what) => new($"{what}: {Marshal.GetLastPInvokeErrorMessage()}", LastError);
}
