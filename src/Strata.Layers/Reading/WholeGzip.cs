using System.IO.Compression;
using Strata.Content;

namespace Strata.Layers.Reading;

/// <summary>
/// Inflates gzip and finds out whether it was cut: <see cref="GZipStream"/> takes the end of its input for the end of the data, even within
/// the trailer, and stops without a word at what is no gzip. A known member is put behind the input (RFC 1952, 2.2: members follow each
/// other); only where the input was whole does it come out again, as the last bytes.
/// </summary>
internal sealed class WholeGzip : ReadOnlyStream
{
    private static readonly byte[] Mark = [.. "\0the gzip data was whole\0"u8];
    private static readonly byte[] MarkMember = Compress(Mark);
    private readonly GZipStream _inflated;
    private readonly byte[] _held = new byte[Mark.Length];
    private int _heldCount;

    public WholeGzip(Stream compressed) => _inflated = new GZipStream(new FollowedStream(compressed, MarkMember), CompressionMode.Decompress);

    /// <summary>Reads at least 1 KiB at a time.</summary>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            _held.AsSpan(0, _heldCount).CopyTo(buffer);
            var n = _inflated.Read(buffer[_heldCount..]);
            if (n == 0) return End();
            if (HoldBack(buffer, n) is > 0 and var given) return given;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            _held.AsMemory(0, _heldCount).CopyTo(buffer);
            var n = await _inflated.ReadAsync(buffer[_heldCount..], cancellationToken).ConfigureAwait(false);
            if (n == 0) return End();
            if (HoldBack(buffer.Span, n) is > 0 and var given) return given;
        }
    }

    /// <summary>The last bytes are held back, since they may be the mark.</summary>
    private int HoldBack(Span<byte> buffer, int read)
    {
        var all = _heldCount + read;
        _heldCount = Math.Min(all, Mark.Length);
        buffer.Slice(all - _heldCount, _heldCount).CopyTo(_held);
        return all - _heldCount;
    }

    private int End()
    {
        if (!_held.AsSpan(0, _heldCount).SequenceEqual(Mark)) throw new InvalidDataException("the gzip data is cut off, or goes on with something else");
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inflated.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Compress(byte[] text)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest)) gzip.Write(text);
        return memory.ToArray();
    }

    /// <summary>The source, and behind it some bytes of ours.</summary>
    private sealed class FollowedStream(Stream source, byte[] after) : ReadOnlyStream
    {
        private int _given = -1;

        public override int Read(Span<byte> buffer)
        {
            if (_given < 0 && source.Read(buffer) is > 0 and var n) return n;
            return Follow(buffer);
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_given < 0 && await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var n) return n;
            return Follow(buffer.Span);
        }

        private int Follow(Span<byte> buffer)
        {
            _given = Math.Max(_given, 0);
            var n = Math.Min(buffer.Length, after.Length - _given);
            after.AsSpan(_given, n).CopyTo(buffer);
            _given += n;
            return n;
        }
    }
}
