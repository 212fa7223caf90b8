namespace Strata.Hub;

/// <summary>Wakes all who wait. Who takes <see cref="Next"/> before he looks misses nothing that is rung while he looks.</summary>
internal sealed class Bell
{
    private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Next => _next.Task;

    public void Ring() => Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
