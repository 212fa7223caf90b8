using Strata.Content;

namespace Strata.Registry.Client.Transport;

/// <summary>
/// A blob over one connection, and over more when that is worth it: much is left, the line is slow, and connections are free since other blobs
/// are through. So the last fat layer of an image does not creep along alone.
/// </summary>
internal sealed class WideningStream(
    Stream single, long offset, long size, bool acceptsRanges, Func<long, long, CancellationToken, Task<Stream>> openPart, ConnectionBudget budget, TimeProvider clock)
    : ReadOnlyStream
{
    /// <summary>Less is through before another connection is up.</summary>
    internal const long WorthWidening = 16 * 1024 * 1024;

    /// <summary>The share of the time that its reader waits. Below, the line is not what holds it up, and more connections would add nothing.</summary>
    private const double MostlyWaiting = 0.5;

    /// <summary>The share is not known before.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly long _started = clock.GetTimestamp();
    private Stream _current = single;
    private long _read;
    private TimeSpan _waited;
    private bool _wide;
    private bool _over;

    public override int Read(Span<byte> buffer) => throw new NotSupportedException("a blob is read asynchronously");

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_wide && ShouldWiden())
        {
            await _current.DisposeAsync().ConfigureAwait(false);
            _current = new SplitStream(openPart, offset + _read, size, budget);
            _wide = true;
        }
        var asked = clock.GetTimestamp();
        var n = await _current.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _waited += clock.GetElapsedTime(asked);
        _read += n;
        return n;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _current.Dispose();
            if (!_over) budget.Give();
            _over = true;
        }
        base.Dispose(disposing);
    }

    private bool ShouldWiden()
    {
        if (!acceptsRanges || size - offset - _read < WorthWidening || !budget.HasFree) return false;
        var elapsed = clock.GetElapsedTime(_started);
        return elapsed > Look && _waited > elapsed * MostlyWaiting;
    }
}
