namespace Strata.Containers.Kernel;

/// <summary>Mounts of this process's namespace.</summary>
internal static class MountTable
{
    /// <summary>Takes away all that is mounted there. What is still in use goes when its last user leaves.</summary>
    /// <exception cref="IOException">It is not permitted.</exception>
    public static void UnmountAll(string target)
    {
        while (Libc.Unmount(target, Libc.Detach | Libc.NoFollow) == 0)
        {
        }
        if (Libc.Error is not (Libc.InvalidArgument or Libc.NoEntry)) throw Libc.Failure($"cannot unmount {target}");
    }
}
