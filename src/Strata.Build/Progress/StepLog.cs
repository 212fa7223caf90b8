namespace Strata.Build;

/// <summary>Numbers the steps of a build, takes their times, and passes on what happens.</summary>
internal sealed class StepLog(IBuildProgress? progress, TimeProvider clock)
{
    private readonly List<BuildStep> _steps = [];
    private readonly Lock _gate = new();

    /// <summary>The steps as they stand, in the order in which they began.</summary>
    public IReadOnlyList<BuildStep> Steps
    {
        get
        {
            lock (_gate) return [.. _steps];
        }
    }

    public IBuildProgress? Progress => progress;

    /// <summary>Runs a step, and says how it went. What it throws goes on.</summary>
    /// <param name="run">Gives how the step ended: found in the cache, or done for a reason.</param>
    public async Task RunAsync(string name, Func<RunningStep, Task> run)
    {
        var step = new RunningStep(this, Begin(name), clock.GetTimestamp());
        try
        {
            await run(step).ConfigureAwait(false);
            End(step, step.IsCached ? StepState.Cached : StepState.Done, error: null);
        }
        catch (Exception e)
        {
            End(step, StepState.Failed, e is OperationCanceledException ? "canceled" : e.Message.Split('\n')[0]);
            throw;
        }
    }

    private BuildStep Begin(string name)
    {
        BuildStep step;
        lock (_gate)
        {
            step = new BuildStep(_steps.Count + 1, name, StepState.Running, TimeSpan.Zero);
            _steps.Add(step);
        }
        progress?.Update(step);
        return step;
    }

    private void End(RunningStep running, StepState state, string? error)
    {
        var ended = running.Step with { State = state, Elapsed = clock.GetElapsedTime(running.Started), Reason = running.Reason, Error = error };
        lock (_gate) _steps[ended.Number - 1] = ended;
        progress?.Update(ended);
    }

    /// <summary>A step that is under way, and says of itself how it comes about.</summary>
    internal sealed class RunningStep(StepLog log, BuildStep step, long started)
    {
        public BuildStep Step => step;

        public long Started => started;

        public bool IsCached { get; set; }

        public string? Reason { get; set; }

        public void Log(string line) => log.Progress?.Log(step, line);
    }
}
