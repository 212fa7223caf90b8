using System.Runtime.InteropServices;

namespace Strata.Layers.Files;

/// <summary>
/// Calls of the C library that take a folder's descriptor and one name in it. Names are bytes and end with a NUL; they never hold a slash.
/// All return -1 (or less than 0) on failure; then <see cref="Error"/> says which.
/// </summary>
internal static partial class Native
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int NoAccess = 13;
    public const int Exists = 17;
    public const int NotDirectory = 20;
    public const int IsDirectory = 21;
    public const int InvalidArgument = 22;
    public const int Range = 34;
    public const int NotEmpty = 39;
    public const int TooManyLinks = 40;
    public const int NoData = 61;
    public const int NotSupported = 95;
    public const int Interrupted = 4;
    public const int WouldBlock = 11;

    public const int NoFollow = 0x100;
    public const int RemoveFolder = 0x200;
    public const int CurrentFolder = -100;

    private const int OpenAt2Call = 437;

    public static int Error => Marshal.GetLastPInvokeError();

    /// <summary>O_CLOEXEC with what is asked for. O_DIRECTORY and O_NOFOLLOW differ between architectures.</summary>
    public static class Open
    {
        private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;
        private const int CloseOnExec = 0x80000;
        private const int Create = 0x40;
        private const int Exclusive = 0x80;
        private const int WriteOnly = 1;
        private const int NonBlocking = 0x800;
        private static readonly int Directory = IsArm ? 0x4000 : 0x10000;
        private static readonly int NotLink = IsArm ? 0x8000 : 0x20000;

        public static int Folder => CloseOnExec | Directory | NotLink;

        /// <summary>The last name may be a link, to a folder inside; only for <see cref="OpenInside"/>.</summary>
        public static int FolderThroughLinks => CloseOnExec | Directory;

        /// <summary>A fifo must not make the reader wait for a writer.</summary>
        public static int Read => CloseOnExec | NotLink | NonBlocking;

        public static int NewFile => CloseOnExec | NotLink | Create | Exclusive | WriteOnly;
    }

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int folder, ReadOnlySpan<byte> name, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenPath(string path, int flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint OpenAt2(nint number, nint folder, ReadOnlySpan<byte> path, ReadOnlySpan<ulong> how, nint size);

    /// <summary>
    /// Opens a folder on a path in which links count as if <paramref name="root"/> were the root of all: they cannot lead out of it.
    /// openat2(2), RESOLVE_IN_ROOT, since Linux 5.6.
    /// </summary>
    public static int OpenInside(int root, ReadOnlySpan<byte> path)
    {
        const ulong inRoot = 0x10, noMagicLinks = 0x02;
        return (int)OpenAt2(OpenAt2Call, root, path, [(ulong)Open.FolderThroughLinks, 0, inRoot | noMagicLinks], 24);
    }

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nint count);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    public static partial long Seek(int descriptor, long offset, int from);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int Truncate(int descriptor, long length);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true)]
    public static partial int MakeFolder(int folder, ReadOnlySpan<byte> name, uint mode);

    [LibraryImport("libc", EntryPoint = "symlinkat", SetLastError = true)]
    public static partial int Symlink(ReadOnlySpan<byte> target, int folder, ReadOnlySpan<byte> name);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true)]
    public static partial int Link(int oldFolder, ReadOnlySpan<byte> oldName, int folder, ReadOnlySpan<byte> name, int flags);

    [LibraryImport("libc", EntryPoint = "mknodat", SetLastError = true)]
    public static partial int MakeNode(int folder, ReadOnlySpan<byte> name, uint mode, ulong device);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    public static partial int Unlink(int folder, ReadOnlySpan<byte> name, int flags);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true)]
    public static partial int Rename(int oldFolder, ReadOnlySpan<byte> oldName, int folder, ReadOnlySpan<byte> name);

    [LibraryImport("libc", EntryPoint = "fchownat", SetLastError = true)]
    public static partial int ChangeOwner(int folder, ReadOnlySpan<byte> name, uint uid, uint gid, int flags);

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    public static partial int ChangeOwner(int descriptor, uint uid, uint gid);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    public static partial int ChangeMode(int descriptor, uint mode);

    [LibraryImport("libc", EntryPoint = "fchmodat", SetLastError = true)]
    public static partial int ChangeMode(int folder, ReadOnlySpan<byte> name, uint mode, int flags);

    /// <param name="times">Access and change: seconds and nanoseconds of each.</param>
    [LibraryImport("libc", EntryPoint = "utimensat", SetLastError = true)]
    public static partial int ChangeTimes(int folder, ReadOnlySpan<byte> name, ReadOnlySpan<long> times, int flags);

    [LibraryImport("libc", EntryPoint = "futimens", SetLastError = true)]
    public static partial int ChangeTimes(int descriptor, ReadOnlySpan<long> times);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    public static partial int StatX(int folder, ReadOnlySpan<byte> name, int flags, uint mask, out FileStatus status);

    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true)]
    public static partial nint ReadLink(int folder, ReadOnlySpan<byte> name, Span<byte> target, nint size);

    [LibraryImport("libc", EntryPoint = "getdents64", SetLastError = true)]
    public static partial nint ReadFolder(int folder, Span<byte> entries, nint size);

    [LibraryImport("libc", EntryPoint = "fsetxattr", SetLastError = true)]
    public static partial int SetXattr(int descriptor, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, nint size, int flags);

    [LibraryImport("libc", EntryPoint = "lsetxattr", SetLastError = true)]
    public static partial int SetLinkXattr(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, nint size, int flags);

    [LibraryImport("libc", EntryPoint = "fgetxattr", SetLastError = true)]
    public static partial nint GetXattr(int descriptor, ReadOnlySpan<byte> name, Span<byte> value, nint size);

    [LibraryImport("libc", EntryPoint = "llistxattr", SetLastError = true)]
    public static partial nint ListLinkXattrs(ReadOnlySpan<byte> path, Span<byte> names, nint size);

    [LibraryImport("libc", EntryPoint = "lgetxattr", SetLastError = true)]
    public static partial nint GetLinkXattr(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, Span<byte> value, nint size);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    public static partial int SyncFileSystem(int descriptor);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "getegid")]
    public static partial uint EffectiveGroup();

    public static IOException Failure(string what) => new($"{what}: {Marshal.GetPInvokeErrorMessage(Error)}", Error);
}
