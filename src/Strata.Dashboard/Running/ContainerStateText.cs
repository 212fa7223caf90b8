using Strata.Containers;

namespace Strata.Dashboard.Running;

/// <summary>How a container is, in words and in the class of a badge.</summary>
internal static class ContainerStateText
{
    public static string Word(ContainerState state) => state.Status switch
    {
        ContainerStatus.Running when state.Health is { Status: "unhealthy" } => "Unhealthy",
        ContainerStatus.Exited when state.ExitCode != 0 => $"Ended with {state.ExitCode}",
        ContainerStatus.Exited => "Ended",
        var status => status.ToString(),
    };

    public static string Badge(ContainerState state) => state.Status switch
    {
        ContainerStatus.Running when state.Health is { Status: "unhealthy" } => "bad",
        ContainerStatus.Running => "ok",
        ContainerStatus.Paused or ContainerStatus.Restarting => "warn",
        ContainerStatus.Exited when state.ExitCode != 0 => "bad",
        ContainerStatus.Dead => "bad",
        _ => "",
    };

    public static bool IsActive(ContainerState state) => state.Status is ContainerStatus.Running or ContainerStatus.Paused;
}
