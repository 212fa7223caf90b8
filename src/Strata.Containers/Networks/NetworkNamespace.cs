using System.Runtime.InteropServices;
using Strata.Containers.Kernel;

namespace Strata.Containers.Networks;

/// <summary>
/// A network namespace that stays without a process: mounted on a file, as <c>ip netns</c> does it. A thread that ends at once makes it, so
/// that no thread of the pool is ever in another namespace.
/// </summary>
internal static partial class NetworkNamespace
{
    private const int NewNetwork = 0x40000000;
    private const ulong Private = 0x40000;

    /// <summary>When this returns, the namespace is at the path.</summary>
    /// <exception cref="ContainerException">The kernel does not permit it.</exception>
    public static void Create(string path)
    {
        using (File.Create(path))
        {
        }
        var error = 0;
        var thread = new Thread(() => error = MakeHere(path)) { IsBackground = true, Name = "network namespace" };
        thread.Start();
        thread.Join();
        if (error == 0) return;
        File.Delete(path);
        throw new ContainerException($"cannot make a network namespace: {Marshal.GetPInvokeErrorMessage(error)}",
            error == Libc.NotPermitted ? "it needs root (CAP_SYS_ADMIN); with `--network host` or `none` it is not needed" : "`unshare -n true` tells whether this machine permits it");
    }

    /// <summary>Calling it again is harmless.</summary>
    public static void Remove(string path)
    {
        MountTable.UnmountAll(path);
        File.Delete(path);
    }

    /// <summary>Whether a namespace is mounted there: its device is nsfs, not that of the folder.</summary>
    public static bool IsThere(string path)
    {
        if (!File.Exists(path)) return false;
        foreach (var line in File.ReadLines("/proc/self/mountinfo"))
        {
            var fields = line.Split(' ');
            if (fields.Length > 4 && fields[4] == path) return true;
        }
        return false;
    }

    private static int MakeHere(string path)
    {
        if (Unshare(NewNetwork) != 0 || Libc.Mount("/proc/thread-self/ns/net", path, null, Libc.MountBind, null) != 0) return Libc.Error;
        // No other mount namespace gets a copy, which would keep it alive.
        _ = Libc.Mount("none", path, null, Private, null);
        return 0;
    }

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int flags);
}
