namespace Strata.Containers.Runtime;

/// <summary>Control groups: version 1, 2, or both at once.</summary>
internal static class Cgroups
{
    private const string Mount = "/sys/fs/cgroup";
    private const long DefaultPeriod = 100_000;

    /// <summary>Version 2 alone.</summary>
    public static bool IsUnified { get; } = File.Exists(Mount + "/cgroup.controllers");

    /// <summary>A container's own group. It has no other above it, which would stay when the container is gone.</summary>
    public static string PathOf(string id) => "/strata-" + id;

    /// <summary>The folder of a container's group, of a controller where each has its own tree.</summary>
    public static string Folder(string controller, string id) => IsUnified ? Mount + PathOf(id) : $"{Mount}/{controller}{PathOf(id)}";

    /// <param name="warn">Told of limits that this host cannot keep; they are left out, as docker does.</param>
    public static RuntimeResources Resources(ResourceLimits limits, IReadOnlyList<RuntimeDeviceRule>? devices, Action<string> warn)
    {
        bool Can(bool asked, string controller, string what)
        {
            if (asked && !HasController(controller)) warn($"Your kernel does not support {what} or the cgroup is not mounted. Limitation discarded.");
            return asked && HasController(controller);
        }
        var period = limits.CpuPeriod > 0 ? limits.CpuPeriod : DefaultPeriod;
        var quota = limits.NanoCpus > 0 ? limits.NanoCpus * period / 1_000_000_000 : limits.CpuQuota;
        var cpu = Can(limits.CpuShares > 0 || quota > 0 || limits.CpuPeriod > 0, "cpu", "CPU limits");
        var sets = Can(limits.CpusetCpus.Length > 0 || limits.CpusetMems.Length > 0, "cpuset", "cpusets");
        var memory = Can(limits.Memory > 0 || limits.MemoryReservation > 0 || limits.OomKillDisable, "memory", "memory limits");
        return new RuntimeResources
        {
            Devices = devices,
            Memory = memory ? Memory(limits) : null,
            Cpu = cpu || sets
                ? new RuntimeCpu(
                    cpu && limits.CpuShares > 0 ? (ulong)limits.CpuShares : null, cpu && quota > 0 ? quota : null, cpu && (quota > 0 || limits.CpuPeriod > 0) ? (ulong)period : null,
                    sets && limits.CpusetCpus.Length > 0 ? limits.CpusetCpus : null, sets && limits.CpusetMems.Length > 0 ? limits.CpusetMems : null)
                : null,
            Pids = Can(limits.PidsLimit != 0, "pids", "pids limits") ? new RuntimePids(limits.PidsLimit < 0 ? 0 : limits.PidsLimit) : null,
            BlockIO = Can(limits.BlkioWeight > 0, IsUnified ? "io" : "blkio", "block I/O weight") ? new RuntimeBlockIO(limits.BlkioWeight) : null,
        };
    }

    /// <summary>Memory and swap together are twice the memory where nothing else is said.</summary>
    private static RuntimeMemory Memory(ResourceLimits limits)
    {
        long? swap = limits.Memory == 0 ? null : limits.MemorySwap != 0 ? limits.MemorySwap : limits.Memory * 2;
        if (!IsUnified && !File.Exists(Mount + "/memory/memory.memsw.limit_in_bytes")) swap = null;
        return new RuntimeMemory(limits.Memory > 0 ? limits.Memory : null, swap, limits.MemoryReservation > 0 ? limits.MemoryReservation : null, limits.OomKillDisable ? true : null);
    }

    /// <summary>Whether the kernel has killed a process of it for want of memory. Asked before its group is removed.</summary>
    public static bool HadTooLittleMemory(string id)
    {
        var file = Path.Combine(Folder("memory", id), IsUnified ? "memory.events" : "memory.oom_control");
        try
        {
            return File.ReadLines(file).Any(l => l.StartsWith("oom_kill ", StringComparison.Ordinal) && l != "oom_kill 0");
        }
        catch (IOException)
        {
            return false; // the group is gone, or there is no such controller
        }
    }

    private static bool HasController(string name) => IsUnified
        ? File.ReadAllText(Mount + "/cgroup.controllers").Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Contains(name, StringComparer.Ordinal)
        : Directory.Exists($"{Mount}/{name}");
}
