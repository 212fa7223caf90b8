using Strata.Containers.Supervision;

namespace Strata.Containers;

/// <summary>
/// Keeps restart policies and health checks while it runs. It holds nothing: what happened while it was down is found in the records when it begins, and
/// containers go on without it.
/// </summary>
/// <param name="report">Told of what could not be done; a line each.</param>
public sealed class Supervisor(LocalContainers containers, TimeProvider clock, Action<string> report)
{
    private readonly Dictionary<string, Task> _restarts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _checks = new(StringComparer.Ordinal);

    /// <summary>Until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Events are followed from before the first look, so that nothing falls in between.
        var events = containers.EventsAsync(since: clock.GetUtcNow(), until: null, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (events.ConfigureAwait(false)) await RunAsync(events, cancellationToken).ConfigureAwait(false);
    }

    private async Task RunAsync(IAsyncEnumerator<ContainerEvent> events, CancellationToken cancellationToken)
    {
        var next = events.MoveNextAsync().AsTask();
        try
        {
            foreach (var record in await containers.ListAsync(cancellationToken).ConfigureAwait(false)) Look(record, isBegin: true, cancellationToken);
            while (await next.ConfigureAwait(false))
            {
                var happened = events.Current;
                if (happened.Action is "die" or "start" && await TryFindAsync(happened.Id, cancellationToken).ConfigureAwait(false) is { } record) Look(record, isBegin: false, cancellationToken);
                next = events.MoveNextAsync().AsTask();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to end.
        }
        await Task.WhenAll(_restarts.Values.Concat(_checks.Values)).ConfigureAwait(false);
        if (!next.IsCompleted) await Task.WhenAny(next).ConfigureAwait(false);
    }

    private void Look(ContainerRecord record, bool isBegin, CancellationToken cancellationToken)
    {
        if (RestartRule.Wants(record, isBegin)) _restarts[record.Id] = GuardedAsync(() => RestartAsync(record, isBegin, cancellationToken), record, cancellationToken);
        if (record.State.Status == ContainerStatus.Running && record.Spec.Health is { } check && (!_checks.TryGetValue(record.Id, out var running) || running.IsCompleted))
            _checks[record.Id] = GuardedAsync(() => new HealthChecks(containers, record.Id, check, clock).RunAsync(cancellationToken), record, cancellationToken);
    }

    private async Task RestartAsync(ContainerRecord record, bool isBegin, CancellationToken cancellationToken)
    {
        await Task.Delay(RestartRule.Delay(record), clock, cancellationToken).ConfigureAwait(false);
        // Somebody may have stopped, started or removed it meanwhile.
        if (await TryFindAsync(record.Id, cancellationToken).ConfigureAwait(false) is { } now && RestartRule.Wants(now, isBegin))
            await containers.RestartByPolicyAsync(record.Id, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ContainerRecord?> TryFindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await containers.FindAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (ContainerException e) when (e.Fault == ContainerFault.NoSuchContainer)
        {
            return null;
        }
        catch (Exception e) when (e is ContainerException or IOException)
        {
            report($"{id[..12]}: {e.Message}");
            return null; // one container that cannot be looked at does not keep the others
        }
    }

    private async Task GuardedAsync(Func<Task> action, ContainerRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Yield();
            await action().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to end.
        }
        catch (Exception e) when (e is ContainerException or IOException)
        {
            report($"{record.Name}: {e.Message}");
        }
    }
}
