using System.Runtime.InteropServices;

namespace Strata.Registry.Server;

/// <summary>
/// The end of a server without an end to what its clients do. First it says that it is not ready; after a delay it takes no new uploads, while
/// a push that is under way goes on; when nothing is written any more, or at the limit, the server may close.
/// </summary>
public sealed class Drain(DrainOptions options, TimeProvider time)
{
    // Between two requests of one push there is less.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

    private int _writing;
    private long _lastWrite = long.MinValue;

    public bool HasBegun { get; private set; }

    /// <summary>True once no new uploads are taken.</summary>
    public bool RefusesUploads { get; private set; }

    /// <summary>Returns when the server may close, with the time that is left for what still runs.</summary>
    public async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        HasBegun = true;
        if (options.Delay > TimeSpan.Zero) await Task.Delay(options.Delay, time, cancellationToken).ConfigureAwait(false);
        RefusesUploads = true;
        var began = time.GetTimestamp();
        while (IsWriting && time.GetElapsedTime(began) < options.Timeout) await Task.Delay(Look, time, cancellationToken).ConfigureAwait(false);
        var left = options.Timeout - time.GetElapsedTime(began);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Counts a request that changes something, until it is disposed.</summary>
    internal Write Begin()
    {
        Interlocked.Increment(ref _writing);
        return new Write(this);
    }

    private bool IsWriting
    {
        get
        {
            if (Volatile.Read(ref _writing) > 0) return true;
            var last = Interlocked.Read(ref _lastWrite);
            return last != long.MinValue && time.GetElapsedTime(last) < Quiet;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    internal readonly struct Write(Drain drain) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Exchange(ref drain._lastWrite, drain.TimestampNow);
            Interlocked.Decrement(ref drain._writing);
        }
    }

    private long TimestampNow => time.GetTimestamp();
}
