using System.Globalization;
using Strata.Build;
using Strata.Ui.Format;

namespace Strata.Dashboard.Builds;

/// <summary>A build in words, and in the class of a badge.</summary>
internal static class BuildText
{
    /// <summary>By its first name; one without a name by its target, or by what was built.</summary>
    public static string Title(BuildRecord build) => build switch
    {
        { Names: [var name, ..] } => name,
        { Target: { Length: > 0 } target } => $"Target {target}",
        { Context: "-" } => "Unnamed, from standard input",
        _ => $"Unnamed, from {build.Context}",
    };

    public static string Word(BuildState state) => state == BuildState.Interrupted ? "Cut off" : state.ToString();

    public static string Badge(BuildState state) => state switch
    {
        BuildState.Running => "run",
        BuildState.Done => "ok",
        BuildState.Failed => "bad",
        _ => "warn",
    };

    /// <summary>What is said of a step that no build goes on with is that it was cut off.</summary>
    public static string Word(StepState state, BuildState build) => state == StepState.Running && build != BuildState.Running ? "Cut off" : state.ToString();

    public static string Badge(StepState state, BuildState build) => state switch
    {
        StepState.Running => build == BuildState.Running ? "run" : "warn",
        StepState.Failed => "bad",
        _ => "ok",
    };

    /// <summary>How long it took, or takes until now; nobody knows it of one that was cut off.</summary>
    public static string Took(BuildRecord build, DateTimeOffset now) => build switch
    {
        { Ended: { } ended } => Time(ended - build.Started),
        { State: BuildState.Running } => Time(now - build.Started),
        _ => "unknown",
    };

    public static string Cached(BuildRecord build) => $"{build.Steps.Count(s => s.State == StepState.Cached)} of {build.Steps.Count}";

    /// <summary>Steps are short, and tenths tell them apart.</summary>
    public static string Time(TimeSpan time) => time < TimeSpan.FromMinutes(1) ? time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s" : Ages.Duration(time);
}
