using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Strata.Containers.Kernel;

/// <summary>The calls of the C library that .NET does not offer. All give less than 0 on failure; then <see cref="Failure"/> says why.</summary>
internal static partial class Libc
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int NoSuchProcess = 3;
    public const int Interrupted = 4;
    public const int InvalidArgument = 22;
    public const int NoCall = 38;

    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int ReadWrite = 2;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int PathOnly = 0x200000;

    public static int Error => Marshal.GetLastPInvokeError();

    /// <summary>The number of the error is in HResult, as .NET's own calls have it.</summary>
    public static IOException Failure(string what) => new($"{what}: {Marshal.GetPInvokeErrorMessage(Error)}", Error);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, Span<byte> buffer, nint size);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nint size);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    public static partial int ReadLimit(int which, out Runtime.ResourceLimit.Pair limit);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int StatX(int folder, string path, int flags, uint mask, out PathStatus status);

    /// <summary>Which file an open one is: its device and inode.</summary>
    public static bool Identity(SafeFileHandle file, out (uint, uint, ulong) identity) => Identity((int)file.DangerousGetHandle(), "", 0x1000, out identity);

    /// <summary>Which file a path leads to.</summary>
    public static bool Identity(string path, out (uint, uint, ulong) identity) => Identity(-100, path, 0, out identity);

    private static bool Identity(int folder, string path, int flags, out (uint, uint, ulong) identity)
    {
        var found = StatX(folder, path, flags, 0x100, out var status) == 0;
        identity = (status.OnDeviceMajor, status.OnDeviceMinor, status.Inode);
        return found;
    }

    [LibraryImport("libc", EntryPoint = "rmdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int RemoveFolder(string path);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(Span<PollEntry> entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint a, nint b);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint uid, uint gid);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenAt2(nint number, nint folder, string path, ReadOnlySpan<ulong> how, nint size);

    /// <summary>Opens a path on which links count as if <paramref name="root"/> were the root of all: none leads out of it. openat2(2), since Linux 5.6.</summary>
    public static int OpenInside(int root, string path, int flags)
    {
        const ulong inRoot = 0x10, noMagicLinks = 0x02;
        return (int)OpenAt2(437, root, path, [(ulong)(flags | CloseOnExec), 0, inRoot | noMagicLinks], 24);
    }

    [LibraryImport("libc", EntryPoint = "getuid")]
    public static partial uint UserId();

    [LibraryImport("libc", EntryPoint = "getgid")]
    public static partial uint GroupId();

    /// <summary>A descriptor that becomes readable when the process ends; less than 0 where there is none such. pidfd_open(2), since Linux 5.3.</summary>
    public static int OpenProcess(int process) => (int)Call(434, process, 0);

    /// <summary>True when there is something to read, or the other side is gone; false when the time is over.</summary>
    public static bool IsReadable(int descriptor, int milliseconds)
    {
        PollEntry[] entry = [new PollEntry { Descriptor = descriptor, Wanted = 1 }];
        return Poll(entry, 1, milliseconds) > 0;
    }

    /// <summary>Waits for that on a thread of its own, however long it takes.</summary>
    public static Task WhenReadableAsync(int descriptor, CancellationToken cancellationToken) => Task.Factory.StartNew(() =>
    {
        while (!IsReadable(descriptor, 100)) cancellationToken.ThrowIfCancellationRequested();
    }, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Got;
    }
}
