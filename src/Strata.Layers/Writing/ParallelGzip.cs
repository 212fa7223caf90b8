using System.IO.Compression;
using Strata.Content;

namespace Strata.Layers;

/// <summary>
/// Compresses with gzip on several cores: blocks of a fixed size, each a member of its own, one behind the other (RFC 1952, 2.2), which every
/// reader takes for one stream. The same bytes give the same result, however many cores there are. For one thread at a time.
/// </summary>
public sealed class ParallelGzip(Stream output) : WriteOnlyStream
{
    /// <summary>Costs a thousandth in size against one member, and is enough work for a core at a time.</summary>
    private const int BlockSize = 1024 * 1024;

    private static readonly int Workers = Math.Clamp(Environment.ProcessorCount, 1, 8);

    private readonly Queue<Task<MemoryStream>> _compressing = new();
    private byte[] _block = new byte[BlockSize];
    private int _filled;
    private bool _begun;
    private bool _ended;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var n = Math.Min(buffer.Length, BlockSize - _filled);
            buffer[..n].CopyTo(_block.AsSpan(_filled));
            _filled += n;
            buffer = buffer[n..];
            if (_filled == BlockSize) Hand();
        }
    }

    /// <summary>Compresses what is left and writes it; <c>output</c> stays open. Dispose without it, and the output is cut off.</summary>
    public void Finish()
    {
        if (_ended) return;
        // Nothing at all is a member, too: an empty file is no gzip.
        if (_filled > 0 || !_begun) Hand();
        while (_compressing.Count > 0) TakeOldest();
        _ended = true;
    }

    private void Hand()
    {
        while (_compressing.Count > Workers) TakeOldest();
        var (block, filled) = (_block, _filled);
        _compressing.Enqueue(Task.Run(() => Compress(block, filled)));
        (_block, _filled, _begun) = (new byte[BlockSize], 0, true);
    }

    private void TakeOldest()
    {
        using var member = _compressing.Dequeue().GetAwaiter().GetResult();
        output.Write(member.GetBuffer().AsSpan(0, (int)member.Length));
    }

    private static MemoryStream Compress(byte[] block, int filled)
    {
        var member = new MemoryStream(filled / 2);
        using (var gzip = new GZipStream(member, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(block, 0, filled);
        return member;
    }
}
