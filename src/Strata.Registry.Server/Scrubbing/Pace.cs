namespace Strata.Registry.Server;

/// <summary>Spreads work over time: no more than so many bytes in a second.</summary>
internal sealed class Pace(long? bytesPerSecond, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private long _spent;

    public async ValueTask SpendAsync(long bytes, CancellationToken cancellationToken)
    {
        if (bytesPerSecond is not { } rate) return;
        _spent += bytes;
        var ahead = TimeSpan.FromSeconds((double)_spent / rate) - time.GetElapsedTime(_start);
        if (ahead > TimeSpan.FromMilliseconds(1)) await Task.Delay(ahead, time, cancellationToken).ConfigureAwait(false);
    }
}
