using System.Runtime.InteropServices;

namespace Strata.Build.Steps;

/// <summary>Whose a file of this machine is.</summary>
internal static partial class Owners
{
    /// <exception cref="IOException">Only root may give files away.</exception>
    public static void Set(string path, int uid, int gid)
    {
        if (ChangeOwner(path, (uint)uid, (uint)gid) != 0) throw new IOException($"cannot give {path} to {uid}:{gid}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint uid, uint gid);
}
