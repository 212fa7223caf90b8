namespace Strata.Build;

/// <summary>One step of a build as it stands.</summary>
/// <param name="Number">From 1, in the order in which steps begin.</param>
/// <param name="Name">As BuildKit names it: <c>[build 2/4] COPY . .</c>.</param>
/// <param name="Reason">Why it was not found in the cache; null where it was, or where there is none.</param>
public sealed record BuildStep(int Number, string Name, StepState State, TimeSpan Elapsed, string? Reason = null, string? Error = null);

public enum StepState
{
    Running,
    Cached,
    Done,
    Failed,
}
