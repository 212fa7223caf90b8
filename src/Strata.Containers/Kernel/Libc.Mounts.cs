using System.Runtime.InteropServices;

namespace Strata.Containers.Kernel;

/// <summary>Mounting by descriptors (fsopen(2), since Linux 5.2): no page that all options have to fit into, and nothing to escape.</summary>
internal static partial class Libc
{
    public const int SetString = 1;
    public const int CreateFileSystem = 6;
    public const ulong MountReadOnly = 1;
    public const ulong MountRemount = 32;
    public const ulong MountBind = 0x1000;
    public const ulong MountRecursive = 0x4000;
    public const int Detach = 2;
    public const int NoFollow = 8;

    private const int CurrentFolder = -100;
    private const int FromEmptyPath = 4;

    /// <summary>A context for a file system of a type, to be configured.</summary>
    public static int OpenFileSystem(string type) => (int)FsOpen(430, type, 1);

    public static int Configure(int context, int command, string? key, string? value) => (int)FsConfig(431, context, command, key, value, 0);

    /// <summary>A descriptor of a mount that is nowhere yet.</summary>
    public static int MakeMount(int context) => (int)FsMount(432, context, 1, 0);

    /// <summary>Puts it to its place.</summary>
    public static int PlaceMount(int mount, string target) => (int)MoveMount(429, mount, "", CurrentFolder, target, FromEmptyPath);

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(string source, string target, string? type, ulong flags, string? options);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unmount(string target, int flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint FsOpen(nint number, string type, nint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint FsConfig(nint number, nint context, nint command, string? key, string? value, nint auxiliary);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint FsMount(nint number, nint context, nint flags, nint attributes);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint MoveMount(nint number, nint from, string fromPath, nint to, string toPath, nint flags);
}
