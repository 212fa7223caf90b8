namespace Strata.Cli;

/// <summary>What scripts may rely on.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    /// <summary>A gate that was asked for, such as --fail-on, is not met.</summary>
    public const int GateNotMet = 3;

    /// <summary>As shells have it: 128 and the number of SIGINT.</summary>
    public const int Interrupted = 130;
}
