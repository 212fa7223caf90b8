namespace Strata.Containers.Runtime;

/// <summary>OCI runtime spec, config-linux.md.</summary>
internal sealed record RuntimeLinux
{
    public required IReadOnlyList<RuntimeNamespace> Namespaces { get; init; }

    public string? CgroupsPath { get; init; }

    public RuntimeResources? Resources { get; init; }

    public IReadOnlyList<RuntimeDevice>? Devices { get; init; }

    public IReadOnlyDictionary<string, string>? Sysctl { get; init; }

    public RuntimeSeccomp? Seccomp { get; init; }

    public IReadOnlyList<string>? MaskedPaths { get; init; }

    public IReadOnlyList<string>? ReadonlyPaths { get; init; }

    public string? RootfsPropagation { get; init; }
}

internal sealed record RuntimeNamespace(string Type, string? Path = null);

internal sealed record RuntimeDevice(string Path, string Type, long Major, long Minor, uint FileMode, uint Uid, uint Gid);

internal sealed record RuntimeResources
{
    public IReadOnlyList<RuntimeDeviceRule>? Devices { get; init; }

    public RuntimeMemory? Memory { get; init; }

    public RuntimeCpu? Cpu { get; init; }

    public RuntimePids? Pids { get; init; }

    public RuntimeBlockIO? BlockIO { get; init; }
}

internal sealed record RuntimeDeviceRule(bool Allow, string? Type, long? Major, long? Minor, string Access);

internal sealed record RuntimeMemory(long? Limit, long? Swap, long? Reservation, bool? DisableOOMKiller);

internal sealed record RuntimeCpu(ulong? Shares, long? Quota, ulong? Period, string? Cpus, string? Mems);

internal sealed record RuntimePids(long Limit);

internal sealed record RuntimeBlockIO(int? Weight);

internal sealed record RuntimeSeccomp(string DefaultAction, uint? DefaultErrnoRet, IReadOnlyList<string> Architectures, IReadOnlyList<RuntimeSyscalls> Syscalls);

internal sealed record RuntimeSyscalls(IReadOnlyList<string> Names, string Action, uint? ErrnoRet, IReadOnlyList<RuntimeSyscallArgument>? Args);

internal sealed record RuntimeSyscallArgument(uint Index, ulong Value, ulong ValueTwo, string Op);
