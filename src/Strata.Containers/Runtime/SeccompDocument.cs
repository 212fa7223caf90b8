namespace Strata.Containers.Runtime;

/// <summary>A seccomp profile as docker and podman write it, with conditions on capabilities and architectures.</summary>
internal sealed record SeccompDocument
{
    public required string DefaultAction { get; init; }

    public uint? DefaultErrnoRet { get; init; }

    public IReadOnlyList<SeccompArchitecture>? ArchMap { get; init; }

    public IReadOnlyList<string>? Architectures { get; init; }

    public IReadOnlyList<SeccompRule>? Syscalls { get; init; }
}

internal sealed record SeccompArchitecture(string Architecture, IReadOnlyList<string>? SubArchitectures);

internal sealed record SeccompRule
{
    public IReadOnlyList<string>? Names { get; init; }

    public string? Name { get; init; }

    public required string Action { get; init; }

    public uint? ErrnoRet { get; init; }

    public IReadOnlyList<RuntimeSyscallArgument>? Args { get; init; }

    public SeccompCondition? Includes { get; init; }

    public SeccompCondition? Excludes { get; init; }
}

internal sealed record SeccompCondition(IReadOnlyList<string>? Caps, IReadOnlyList<string>? Arches, string? MinKernel);
