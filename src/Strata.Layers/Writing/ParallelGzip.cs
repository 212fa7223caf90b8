using System.IO.Compression;
using Strata.Content;

namespace Strata.Layers;

/// <summary>
/// Compresses with gzip on several cores: blocks of a fixed size, each a member of its own, one behind the other (RFC 1952, 2.2), which every
/// reader takes for one stream. The same bytes give the same result, however many cores there are. For one thread at a time.
/// </summary>
public sealed class ParallelGzip : WriteOnlyStream
{
    /// <summary>Costs a thousandth in size against one member, and is enough work for a core at a time.</summary>
    private const int BlockSize = 1024 * 1024;

    private static readonly int Workers = Math.Clamp(Environment.ProcessorCount, 1, 8);

    private readonly Queue<Task<Block>> _compressing = new();
    private readonly Stack<Block> _free = new();
    private readonly Stream _output;
    private readonly Func<Stream, GZipStream> _open;
    private Block _block;
    private bool _begun;
    private bool _ended;

    /// <param name="level">How hard to try; another level gives other bytes.</param>
    public ParallelGzip(Stream output, CompressionLevel level = CompressionLevel.Optimal) : this(output, member => new GZipStream(member, level, leaveOpen: true))
    {
    }

    /// <summary>With a level as a number.</summary>
    public ParallelGzip(Stream output, ZLibCompressionOptions options) : this(output, member => new GZipStream(member, options, leaveOpen: true))
    {
    }

    private ParallelGzip(Stream output, Func<Stream, GZipStream> open)
    {
        (_output, _open) = (output, open);
        _block = new Block(open);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            buffer = buffer[_block.Take(buffer)..];
            if (_block.IsFull) Hand();
        }
    }

    /// <summary>Compresses what is left and writes it; <c>output</c> stays open. Dispose without it, and the output is cut off.</summary>
    public void Finish()
    {
        if (_ended) return;
        // Nothing at all is a member, too: an empty file is no gzip.
        if (!_block.IsEmpty || !_begun) Hand();
        while (_compressing.Count > 0) TakeOldest();
        _ended = true;
    }

    private void Hand()
    {
        while (_compressing.Count > Workers) TakeOldest();
        var block = _block;
        _compressing.Enqueue(Task.Run(block.Compress));
        _block = _free.TryPop(out var used) ? used : new Block(_open);
        _begun = true;
    }

    private void TakeOldest()
    {
        var block = _compressing.Dequeue().GetAwaiter().GetResult();
        _output.Write(block.Compressed);
        block.Clear();
        _free.Push(block);
    }

    /// <summary>
    /// Room for a block and for what becomes of it, used again and again: a new one each time is a megabyte that lies about until the
    /// collector looks at large objects.
    /// </summary>
    private sealed class Block(Func<Stream, GZipStream> open)
    {
        private readonly byte[] _bytes = new byte[BlockSize];
        private readonly MemoryStream _member = new();
        private int _filled;

        public bool IsEmpty => _filled == 0;

        public bool IsFull => _filled == BlockSize;

        public ReadOnlySpan<byte> Compressed => _member.GetBuffer().AsSpan(0, (int)_member.Length);

        /// <summary>How much of it found room.</summary>
        public int Take(ReadOnlySpan<byte> buffer)
        {
            var n = Math.Min(buffer.Length, BlockSize - _filled);
            buffer[..n].CopyTo(_bytes.AsSpan(_filled));
            _filled += n;
            return n;
        }

        public Block Compress()
        {
            using var gzip = open(_member);
            gzip.Write(_bytes, 0, _filled);
            return this;
        }

        public void Clear()
        {
            _filled = 0;
            _member.SetLength(0);
        }
    }
}
