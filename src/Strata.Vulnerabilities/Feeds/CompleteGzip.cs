using System.IO.Compression;

namespace Strata.Vulnerabilities.Feeds;

/// <summary>
/// Inflates gzip and finds out whether it was cut: GZipStream takes the end of its input for the end of the data. A known member is put
/// behind the input (RFC 1952, 2.2: members follow each other); only where the input was whole does it come out again as the last bytes.
/// </summary>
internal sealed class CompleteGzip : Stream
{
    private static readonly byte[] Mark = [.. "the input is whole"u8];
    private static readonly byte[] MarkMember = Compress(Mark);
    private readonly GZipStream _inflated;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _held;
    private bool _ended;

    public CompleteGzip(Stream compressed) =>
        _inflated = new GZipStream(new FollowedStream(compressed, MarkMember), CompressionMode.Decompress);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The last bytes are held back, since they may be the mark.
        while (!_ended && _held <= Mark.Length)
        {
            var read = await _inflated.ReadAsync(_buffer.AsMemory(_held), cancellationToken).ConfigureAwait(false);
            _ended = read == 0;
            _held += read;
        }

        if (_ended && !_buffer.AsSpan(0, _held).SequenceEqual(Mark))
            throw new InvalidDataException("the gzip data ends too early, or goes on with something else");
        var given = Math.Min(buffer.Length, _held - Mark.Length);
        _buffer.AsMemory(0, given).CopyTo(buffer);
        _buffer.AsSpan(given, _held - given).CopyTo(_buffer);
        _held -= given;
        return given;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("read asynchronously");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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
}
