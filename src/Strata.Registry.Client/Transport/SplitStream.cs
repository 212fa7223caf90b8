using System.Buffers;
using Strata.Content;

namespace Strata.Registry.Client.Transport;

/// <summary>
/// A large blob over as many connections as are free: while one part is read, the next ones arrive in memory. With none free it is one
/// request after the other. Each part is asked for again when its connection breaks.
/// </summary>
/// <param name="open">Opens the blob at an offset, for a length; the stream may be longer.</param>
internal sealed class SplitStream(
    Func<long, long, CancellationToken, Task<Stream>> open, long offset, long size, ConnectionBudget budget) : ReadOnlyStream
{
    /// <summary>With four connections, 16 MiB in memory.</summary>
    internal const int PartSize = 4 * 1024 * 1024;

    private readonly Queue<Task<(byte[] Buffer, int Length)>> _coming = new();
    private readonly CancellationTokenSource _stop = new();
    private long _asked = offset;
    private byte[]? _current;
    private int _position;
    private int _length;

    public override int Read(Span<byte> buffer) => throw new NotSupportedException("a blob is read asynchronously");

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0) return 0;
        if (_position == _length && !await NextPartAsync(cancellationToken).ConfigureAwait(false)) return 0;
        var n = Math.Min(buffer.Length, _length - _position);
        _current.AsMemory(_position, n).CopyTo(buffer);
        _position += n;
        return n;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
            // Parts that still come give their buffer and connection back when they end; nobody waits for them.
            foreach (var part in _coming) _ = ForgetAsync(part);
            _coming.Clear();
            if (_current is not null) ArrayPool<byte>.Shared.Return(_current);
            _current = null;
            (_position, _length) = (0, 0);
        }
        base.Dispose(disposing);
    }

    private async Task<bool> NextPartAsync(CancellationToken cancellationToken)
    {
        if (_current is not null) ArrayPool<byte>.Shared.Return(_current);
        _current = null;
        (_position, _length) = (0, 0);
        AskAhead();
        if (!_coming.TryDequeue(out var next)) return false;
        using var registration = cancellationToken.Register(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop);
        (_current, _length) = await next.ConfigureAwait(false);
        AskAhead();
        return _length > 0;
    }

    /// <summary>One part is always under way; more while connections are free.</summary>
    private void AskAhead()
    {
        while (_asked < size && (_coming.Count == 0 || budget.TryTake()))
        {
            var length = (int)Math.Min(PartSize, size - _asked);
            _coming.Enqueue(FetchAsync(_asked, length, extra: _coming.Count > 0));
            _asked += length;
        }
    }

    private async Task<(byte[] Buffer, int Length)> FetchAsync(long at, int length, bool extra)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var part = await open(at, length, _stop.Token).ConfigureAwait(false);
            await using (part.ConfigureAwait(false))
            {
                var n = await part.ReadAtLeastAsync(buffer.AsMemory(0, length), length, throwOnEndOfStream: false, _stop.Token).ConfigureAwait(false);
                return (buffer, n);
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
        finally
        {
            if (extra) budget.Give();
        }
    }

    private static async Task ForgetAsync(Task<(byte[] Buffer, int Length)> part)
    {
        try
        {
            ArrayPool<byte>.Shared.Return((await part.ConfigureAwait(false)).Buffer);
        }
        catch (Exception e) when (e is OperationCanceledException or RegistryException or IOException)
        {
            // It was cancelled; its buffer is back already.
        }
    }
}
