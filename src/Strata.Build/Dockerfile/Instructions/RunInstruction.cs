namespace Strata.Build.Dockerfiles;

internal sealed record RunInstruction(InstructionLine Line, CommandLine Command) : BuildInstruction(Line)
{
    /// <summary>Each <c>--mount</c> as written: variables in it are expanded when it is run.</summary>
    public IReadOnlyList<string> Mounts { get; init; } = [];

    public RunNetwork Network { get; init; }

    /// <summary>Asked for with <c>--security=insecure</c>.</summary>
    public bool IsPrivileged { get; init; }
}

internal enum RunNetwork
{
    Default,
    None,
    Host,
}
