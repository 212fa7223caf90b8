using Strata.Content;

namespace Strata.Images;

/// <summary>
/// A layer from its first byte: what an earlier attempt left is read from disk, the rest comes from outside and is kept as it passes. The
/// outside is asked only when it is needed.
/// </summary>
internal sealed class ArrivingStream(PartialBlob partial, long size, Func<long, CancellationToken, Task<Stream>> open, ILayerProgress progress)
    : ReadOnlyStream
{
    private Stream? _outside;
    private long _position;

    public override int Read(Span<byte> buffer) => throw new NotSupportedException("a layer arrives asynchronously");

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position < partial.Length)
        {
            var kept = partial.Read(_position, buffer.Span);
            _position += kept;
            return kept;
        }
        if (_position == size && _outside is null) return 0;
        _outside ??= await open(_position, cancellationToken).ConfigureAwait(false);
        var n = await _outside.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (n == 0) return 0;
        await partial.WriteAsync(buffer[..n], cancellationToken).ConfigureAwait(false);
        _position += n;
        progress.Arrived(n);
        return n;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _outside?.Dispose();
        base.Dispose(disposing);
    }
}
