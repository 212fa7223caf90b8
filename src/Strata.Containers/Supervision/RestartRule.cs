namespace Strata.Containers.Supervision;

/// <summary>Whether a container that has ended shall run again, by docker's policies.</summary>
internal static class RestartRule
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>After so long it counts as one that runs well.</summary>
    private static readonly TimeSpan Well = TimeSpan.FromSeconds(10);

    /// <param name="isBegin">The supervisor has just begun: what ended before counts, too.</param>
    public static bool Wants(ContainerRecord record, bool isBegin)
    {
        var state = record.State;
        if (state.Status != ContainerStatus.Exited) return false;
        return record.Spec.Restart switch
        {
            // As docker: who stops one that is always to run has it stopped until the engine begins anew.
            { Name: "always" } => !state.StoppedByHand || isBegin,
            { Name: "unless-stopped" } => !state.StoppedByHand,
            { Name: "on-failure", MaximumRetries: var most } => !state.StoppedByHand && state.ExitCode != 0 && (most == 0 || state.RestartCount < most),
            _ => false,
        };
    }

    /// <summary>How long to wait before the next attempt: twice as long each time, up to a minute.</summary>
    public static TimeSpan Delay(ContainerRecord record)
    {
        if (record.State is { Started: { } started, Finished: { } finished } && finished - started > Well) return First;
        var factor = Math.Pow(2, Math.Min(record.State.RestartCount, 20));
        return First * factor > Longest ? Longest : First * factor;
    }
}
