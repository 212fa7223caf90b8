using Strata.Content;

namespace Strata.Layers.Reading;

/// <summary>
/// Reads a source in large pieces, whoever asks in small ones (decompressors ask for a few KiB), and lets the first bytes be looked at.
/// Does not dispose the source.
/// </summary>
internal sealed class ReadAhead(Stream source) : ReadOnlyStream
{
    private readonly byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;

    /// <summary>The first bytes, which are read again later; fewer where the source is shorter.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int count, CancellationToken cancellationToken)
    {
        while (_end < count)
        {
            var n = await source.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (n == 0) break;
            _end += n;
        }
        return _buffer.AsMemory(0, Math.Min(count, _end));
    }

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end)
        {
            if (buffer.Length >= _buffer.Length) return source.Read(buffer);
            (_start, _end) = (0, source.Read(_buffer));
        }
        return Take(buffer);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _start < _end ? ValueTask.FromResult(Take(buffer.Span)) : FillAsync(buffer, cancellationToken);

    private async ValueTask<int> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (buffer.Length >= _buffer.Length) return await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        (_start, _end) = (0, await source.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false));
        return Take(buffer.Span);
    }

    private int Take(Span<byte> buffer)
    {
        var n = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, n).CopyTo(buffer);
        _start += n;
        return n;
    }
}
