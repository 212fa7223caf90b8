namespace Strata.Containers.Runtime;

/// <summary>The parts of root's power that a container has.</summary>
internal static class Capabilities
{
    /// <summary>Docker's default.</summary>
    private static readonly string[] Default =
    [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FSETID", "CAP_FOWNER", "CAP_MKNOD", "CAP_NET_RAW", "CAP_SETGID", "CAP_SETUID", "CAP_SETFCAP", "CAP_SETPCAP",
        "CAP_NET_BIND_SERVICE", "CAP_SYS_CHROOT", "CAP_KILL", "CAP_AUDIT_WRITE",
    ];

    /// <summary>By their numbers in linux/capability.h.</summary>
    private static readonly string[] All =
    [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID", "CAP_SETUID", "CAP_SETPCAP",
        "CAP_LINUX_IMMUTABLE", "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST", "CAP_NET_ADMIN", "CAP_NET_RAW", "CAP_IPC_LOCK", "CAP_IPC_OWNER", "CAP_SYS_MODULE",
        "CAP_SYS_RAWIO", "CAP_SYS_CHROOT", "CAP_SYS_PTRACE", "CAP_SYS_PACCT", "CAP_SYS_ADMIN", "CAP_SYS_BOOT", "CAP_SYS_NICE", "CAP_SYS_RESOURCE",
        "CAP_SYS_TIME", "CAP_SYS_TTY_CONFIG", "CAP_MKNOD", "CAP_LEASE", "CAP_AUDIT_WRITE", "CAP_AUDIT_CONTROL", "CAP_SETFCAP", "CAP_MAC_OVERRIDE",
        "CAP_MAC_ADMIN", "CAP_SYSLOG", "CAP_WAKE_ALARM", "CAP_BLOCK_SUSPEND", "CAP_AUDIT_READ", "CAP_PERFMON", "CAP_BPF", "CAP_CHECKPOINT_RESTORE",
    ];

    /// <summary>A name as people write it, with or without CAP_, made into the kernel's.</summary>
    /// <exception cref="FormatException">There is no such capability.</exception>
    public static string Parse(string text)
    {
        var name = text.ToUpperInvariant();
        if (name is "ALL" or "CAP_ALL") return "ALL";
        if (!name.StartsWith("CAP_", StringComparison.Ordinal)) name = "CAP_" + name;
        return All.Contains(name, StringComparer.Ordinal) ? name : throw new FormatException($"invalid capability: {text}");
    }

    /// <summary>Those that are in force: the default, with what is added and without what is dropped. What this process lacks cannot be given.</summary>
    public static IReadOnlyList<string> Of(SecuritySpec security)
    {
        var own = Own();
        if (security.Privileged) return [.. All.Where(own.Contains)];
        var wanted = new HashSet<string>(security.CapAdd.Contains("ALL", StringComparer.Ordinal) ? All : Default, StringComparer.Ordinal);
        if (security.CapDrop.Contains("ALL", StringComparer.Ordinal)) wanted.Clear();
        if (security.CapAdd.Contains("ALL", StringComparer.Ordinal) && security.CapDrop.Contains("ALL", StringComparer.Ordinal)) wanted.UnionWith(All);
        wanted.UnionWith(security.CapAdd.Where(c => c != "ALL"));
        wanted.ExceptWith(security.CapDrop.Where(c => c != "ALL"));
        var asked = security.CapAdd.Where(c => c != "ALL" && wanted.Contains(c) && !own.Contains(c)).ToArray();
        if (asked.Length > 0)
            throw new ContainerException($"{string.Join(", ", asked)} cannot be given: this process does not have it itself", "run strata with all of root's capabilities, or leave --cap-add out");
        return [.. All.Where(c => wanted.Contains(c) && own.Contains(c))];
    }

    /// <summary>The bounding set of this process.</summary>
    private static HashSet<string> Own()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("CapBnd:", StringComparison.Ordinal));
        var bits = Convert.ToUInt64(line["CapBnd:".Length..].Trim(), 16);
        return [.. All.Where((_, i) => (bits >> i & 1) != 0)];
    }
}
