using Strata.Content;

namespace Strata.Registry.Client;

/// <summary>Reads a blob over the network, and goes on where it stopped when the connection breaks or stalls.</summary>
internal sealed class ResumingStream(
    Stream first, long offset, long size, int retries, Func<long, CancellationToken, Task<Stream>> reopen, TimeSpan silence, string what) : ReadOnlyStream
{
    private Stream _current = first;
    private long _read = offset;
    private int _failures;

    public override int Read(Span<byte> buffer) => throw new NotSupportedException("a blob is read asynchronously");

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var n = await ReadOnceAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (n == 0 && _read < size && buffer.Length > 0) throw new EndOfStreamException("the connection was closed early");
                _read += n;
                // Progress counts: a long download over a bad line may break more often than a short one.
                if (n > 0) _failures = 0;
                return n;
            }
            catch (Exception e) when (e is IOException or HttpRequestException or TimeoutException or RegistryException && !cancellationToken.IsCancellationRequested)
            {
                if (_failures++ >= retries) throw new RegistryException($"{what} was cut off after {_read} of {size} bytes: {e.Message}", "try again when the network is better", e);
                await _current.DisposeAsync().ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromMilliseconds(200 * (1 << _failures)), cancellationToken).ConfigureAwait(false);
                await ReopenAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _current.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadOnceAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(silence);
        try
        {
            return await _current.ReadAsync(buffer, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came for {silence.TotalSeconds:0} s", e);
        }
    }

    private async Task ReopenAsync(CancellationToken cancellationToken)
    {
        try
        {
            _current = await reopen(_read, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or RegistryException { Status: null })
        {
            // Counted by the next read, which fails at once on the closed stream.
            _current = Stream.Null;
        }
    }
}
