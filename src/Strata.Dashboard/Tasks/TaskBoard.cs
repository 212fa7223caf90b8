using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Strata.Dashboard.Faults;

namespace Strata.Dashboard.Tasks;

/// <summary>
/// The work that the dashboard does in the background: pulls, and what the host adds. It goes on when the page is left, and ends with the
/// process. A bounded number of ended tasks is kept to be looked at.
/// </summary>
public sealed class TaskBoard(TimeProvider clock, ILogger<TaskBoard> log) : IAsyncDisposable
{
    /// <summary>Ended tasks that are kept; the oldest goes first.</summary>
    public const int MostEnded = 50;

    private readonly Lock _lock = new();
    private readonly List<BoardTask> _tasks = [];
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lastId;

    /// <summary>
    /// Starts work that is shown under this title. With a key, work of the same key that is still running is returned instead of starting
    /// it again.
    /// </summary>
    /// <param name="title">What it does, as a heading: <c>Pull python:3.11</c>.</param>
    /// <param name="work">Gets a place to report to, and a token that is cancelled by the Cancel button and when the process ends.</param>
    /// <param name="key">What makes two tasks the same; null for nothing.</param>
    public BoardTask Start(string title, Func<ITaskProgress, CancellationToken, Task> work, string? key = null)
    {
        BoardTask task;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            if (key is not null && _tasks.Find(t => t.Key == key && t.Snapshot.State == TaskState.Running) is { } same) return same;
            var id = (++_lastId).ToString(CultureInfo.InvariantCulture);
            var first = new TaskSnapshot { Id = id, Title = title, Started = clock.GetUtcNow() };
            task = new BoardTask(first, key, clock, _stop.Token, Changed);
            _tasks.Add(task);
            Forget();
        }
        Changed();
        task.Completion = Task.Run(() => RunAsync(task, work), CancellationToken.None);
        return task;
    }

    /// <summary>Running tasks first, then the ended ones; the newest of each first.</summary>
    public IReadOnlyList<TaskSnapshot> List()
    {
        lock (_lock)
        {
            return [.. _tasks.Select(t => t.Snapshot).Reverse().OrderBy(s => s.State != TaskState.Running).ThenByDescending(s => s.Ended)];
        }
    }

    public BoardTask? Find(string id)
    {
        lock (_lock) return _tasks.Find(t => t.Id == id);
    }

    /// <summary>Asks the task to stop. False when there is no such task, or it has ended.</summary>
    public bool Cancel(string id)
    {
        if (Find(id) is not { } task || task.Snapshot.State != TaskState.Running) return false;
        task.Cancel();
        return true;
    }

    /// <summary>Gives the whole board now and after each change, but not more often than asked for: what changed in between comes as one.</summary>
    public async IAsyncEnumerable<IReadOnlyList<TaskSnapshot>> WatchAsync(TimeSpan atMostEvery, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_lock) next = _change.Task;
            yield return List();
            await Task.Delay(atMostEvery, clock, cancellationToken);
            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Stops what is running and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        BoardTask[] tasks;
        lock (_lock)
        {
            if (_stop.IsCancellationRequested) return;
            tasks = [.. _tasks];
        }
        await _stop.CancelAsync();
        await Task.WhenAll(tasks.Select(t => t.Completion));
        _stop.Dispose();
    }

    private async Task RunAsync(BoardTask task, Func<ITaskProgress, CancellationToken, Task> work)
    {
        var stop = task.StopToken;
        try
        {
            await work(task, stop);
            task.End(TaskState.Done, fault: null, clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            task.End(TaskState.Cancelled, fault: null, clock.GetUtcNow());
        }
#pragma warning disable CA1031 // Whatever goes wrong belongs on the board: nobody awaits the work.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var fault = FaultText.Of(e);
            if (fault.Unexpected) log.TaskFailed(task.Snapshot.Title, e);
            task.End(TaskState.Failed, fault, clock.GetUtcNow());
        }
    }

    private void Changed()
    {
        var before = Interlocked.Exchange(ref _change, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        before.TrySetResult();
    }

    private void Forget()
    {
        var ended = _tasks.Where(t => t.Snapshot.State != TaskState.Running).ToArray();
        foreach (var task in ended.Take(ended.Length - MostEnded)) _tasks.Remove(task);
    }
}
