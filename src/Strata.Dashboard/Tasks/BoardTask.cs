using Strata.Dashboard.Faults;
using Strata.Images;

namespace Strata.Dashboard.Tasks;

/// <summary>One task on the board, running or ended.</summary>
public sealed class BoardTask : ITaskProgress
{
    private readonly Lock _lock = new();
    private readonly Action _changed;
    private readonly TransferRate _rate;
    private readonly CancellationTokenSource _stop;
    private TaskSnapshot _snapshot;

    internal BoardTask(TaskSnapshot first, string? key, TimeProvider clock, CancellationToken boardStops, Action changed)
    {
        _snapshot = first;
        Key = key;
        _rate = new TransferRate(clock);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(boardStops);
        _changed = changed;
    }

    public string Id => _snapshot.Id;

    public TaskSnapshot Snapshot
    {
        get
        {
            lock (_lock) return _snapshot;
        }
    }

    /// <summary>Ends when the work has, well or not; never fails.</summary>
    public Task Completion { get; internal set; } = Task.CompletedTask;

    internal string? Key { get; }

    internal CancellationToken StopToken => _stop.Token;

    public void Say(string step) => Change(s => s with { Step = step });

    public void Report(TransferProgress value) => Change(s =>
    {
        _rate.Update(value);
        return s with { Transfer = value, BytesPerSecond = _rate.BytesPerSecond, Remaining = _rate.Remaining };
    });

    public void Finish(string outcome, string? href) => Change(s => s with { Outcome = outcome, Href = href });

    internal void Cancel()
    {
        Change(s => s with { Cancelling = true });
        _stop.Cancel();
    }

    internal void End(TaskState state, FaultText? fault, DateTimeOffset when)
    {
        Change(s => s with { State = state, Fault = fault, Ended = when, BytesPerSecond = null, Remaining = null, Cancelling = false });
        _stop.Dispose();
    }

    private void Change(Func<TaskSnapshot, TaskSnapshot> change)
    {
        lock (_lock)
        {
            if (_snapshot.State != TaskState.Running) return;
            _snapshot = change(_snapshot);
        }
        _changed();
    }
}
