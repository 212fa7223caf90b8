namespace Strata.Images;

/// <summary>
/// Speed and time left from progress snapshots, smoothed over the last seconds so that people see a steady figure. Not safe for several threads.
/// </summary>
public sealed class TransferRate(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);
    private readonly Queue<(long At, long Bytes)> _samples = new();

    /// <summary>Bytes per second; null until there is something to say.</summary>
    public double? BytesPerSecond { get; private set; }

    /// <summary>Null until there is something to say.</summary>
    public TimeSpan? Remaining { get; private set; }

    public void Update(TransferProgress progress)
    {
        if (progress.Phase != TransferPhase.Moving) return;
        var now = clock.GetTimestamp();
        _samples.Enqueue((now, progress.DoneBytes));
        while (_samples.Count > 2 && clock.GetElapsedTime(_samples.Peek().At, now) > Window) _samples.Dequeue();
        var (at, bytes) = _samples.Peek();
        var seconds = clock.GetElapsedTime(at, now).TotalSeconds;
        if (seconds < 0.2) return;
        BytesPerSecond = (progress.DoneBytes - bytes) / seconds;
        Remaining = BytesPerSecond > 1 ? TimeSpan.FromSeconds((progress.TotalBytes - progress.DoneBytes) / BytesPerSecond.Value) : null;
    }
}
