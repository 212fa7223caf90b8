using Strata.Containers.Kernel;
using Strata.Containers.Runtime;

namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>Asks a container to end, and kills it when it takes too long. One that does not run is as good.</summary>
    /// <param name="seconds">How long it may take; null as the container says, less than 0 for ever.</param>
    public async Task<ContainerRecord> StopAsync(string nameOrId, int? seconds, string? signal, CancellationToken cancellationToken)
    {
        var record = await FindAsync(nameOrId, cancellationToken).ConfigureAwait(false);
        Note(record.Id, s => s with { StoppedByHand = true });
        if (!IsActive(record)) return record;
        if (record.State.Status == ContainerStatus.Paused) await UnpauseAsync(record.Id, cancellationToken).ConfigureAwait(false);
        Send(record, Signals.Parse(signal ?? record.Spec.StopSignal));
        var patience = seconds ?? record.Spec.StopTimeout;
        using var limit = patience < 0 ? new CancellationTokenSource() : new CancellationTokenSource(TimeSpan.FromSeconds(patience), _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await WaitForProcessAsync(record, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Send(record, Signals.Kill);
            await WaitForProcessAsync(record, cancellationToken).ConfigureAwait(false);
        }
        var settled = await SettledAsync(_folders.Of(record.Id), cancellationToken).ConfigureAwait(false) ?? record;
        _events.Add(settled, "stop");
        return settled;
    }

    public async Task<ContainerRecord> RestartAsync(string nameOrId, int? seconds, string? signal, CancellationToken cancellationToken)
    {
        var record = await StopAsync(nameOrId, seconds, signal, cancellationToken).ConfigureAwait(false);
        var started = await StartAsync(record.Id, cancellationToken).ConfigureAwait(false);
        _events.Add(started, "restart");
        return started;
    }

    /// <exception cref="ContainerException">It does not run.</exception>
    /// <exception cref="FormatException">There is no such signal.</exception>
    public async Task<ContainerRecord> KillAsync(string nameOrId, string signal, CancellationToken cancellationToken)
    {
        var number = Signals.Parse(signal);
        var record = await FindRunningAsync(nameOrId, "kill", cancellationToken).ConfigureAwait(false);
        if (number == Signals.Kill || number == Signals.Parse(record.Spec.StopSignal)) Note(record.Id, s => s with { StoppedByHand = true });
        Send(record, number);
        _events.Add(record, "kill", ("signal", Text(number)));
        if (number != Signals.Kill) return record;
        await WaitForProcessAsync(record, cancellationToken).ConfigureAwait(false);
        return await SettledAsync(_folders.Of(record.Id), cancellationToken).ConfigureAwait(false) ?? record;
    }

    public Task PauseAsync(string nameOrId, CancellationToken cancellationToken) => FreezeAsync(nameOrId, "pause", ContainerStatus.Running, ContainerStatus.Paused, cancellationToken);

    public Task UnpauseAsync(string nameOrId, CancellationToken cancellationToken) => FreezeAsync(nameOrId, "unpause", ContainerStatus.Paused, ContainerStatus.Running, cancellationToken);

    private async Task FreezeAsync(string nameOrId, string verb, ContainerStatus from, ContainerStatus to, CancellationToken cancellationToken)
    {
        var record = await FindRunningAsync(nameOrId, verb, cancellationToken).ConfigureAwait(false);
        var folder = _folders.Of(record.Id);
        using var held = folder.TakeLock();
        record = folder.TryRead() ?? throw NoSuch(nameOrId);
        if (record.State.Status != from)
            throw new ContainerException(to == ContainerStatus.Paused ? $"Container {record.Name} is already paused" : $"Container {record.Name} is not paused", "`strata ps` shows it")
            { Fault = ContainerFault.WrongState };
        var runtime = RuntimeProgram.Find(record.Spec.Runtime, folder.RuntimeState);
        await runtime.DoAsync([to == ContainerStatus.Paused ? "pause" : "resume", record.Id], cancellationToken).ConfigureAwait(false);
        folder.Write(record with { State = record.State with { Status = to } }, durable: false);
        _events.Add(record, verb);
    }

    private async Task<ContainerRecord> FindRunningAsync(string nameOrId, string verb, CancellationToken cancellationToken)
    {
        var record = await FindAsync(nameOrId, cancellationToken).ConfigureAwait(false);
        return IsActive(record) ? record : throw new ContainerException($"Cannot {verb} container: {nameOrId}: Container {record.Id} is not running", $"start it with: strata start {record.Name}")
        { Fault = ContainerFault.WrongState, ExitCode = 1 };
    }

    private static void Send(ContainerRecord record, int signal)
    {
        if (IsAlive(record) && Libc.Kill(record.State.Pid, signal) != 0 && Libc.Error != Libc.NoSuchProcess) throw Libc.Failure($"cannot signal {record.Name}");
    }

    private void Note(string id, Func<ContainerState, ContainerState> change)
    {
        var folder = _folders.Of(id);
        using var held = folder.TakeLock();
        if (folder.TryRead() is { } record && change(record.State) is var state && state != record.State) folder.Write(record with { State = state }, durable: false);
    }
}
