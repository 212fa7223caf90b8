using Strata.Containers;
using Strata.Dashboard.Faults;
using Strata.Dashboard.Tasks;

namespace Strata.Dashboard.Running;

/// <summary>What a container may take its time for, as tasks on the board: a page does not wait as long as a program may take to stop.</summary>
internal sealed class ContainerWork(LocalContainers containers, TaskBoard board, TimeProvider clock)
{
    /// <summary>How long a page waits before it is shown with the work under way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>Why it failed; null when it is done or under way.</returns>
    public Task<FaultText?> StopAsync(ContainerRecord record, CancellationToken cancellationToken) =>
        RunAsync($"Stop {record.Name}", record, "Stopped.", stop => containers.StopAsync(record.Id, seconds: null, signal: null, stop), cancellationToken);

    /// <inheritdoc cref="StopAsync"/>
    public Task<FaultText?> RestartAsync(ContainerRecord record, CancellationToken cancellationToken) =>
        RunAsync($"Restart {record.Name}", record, "Started anew.", stop => containers.RestartAsync(record.Id, seconds: null, signal: null, stop), cancellationToken);

    private async Task<FaultText?> RunAsync(string title, ContainerRecord record, string outcome, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var task = board.Start(title, async (progress, stop) =>
        {
            progress.Say("Asking it to end");
            await work(stop);
            progress.Finish(outcome, $"/containers/{record.Id}");
        }, key: $"{title} {record.Id}");
        try
        {
            await task.Completion.WaitAsync(Patience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
        return task.Snapshot.Fault;
    }
}
