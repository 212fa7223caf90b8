using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Strata.Web;

/// <summary>
/// The server's network buffers, in blocks of 32 KiB. The server's own pool has blocks of 4 KiB, and reads one block from a socket at a
/// time: a layer of 512 MiB would take 131,072 system calls.
/// </summary>
internal sealed class LargeBlockPool : MemoryPool<byte>
{
    public const int BlockSize = 32 * 1024;

    /// <summary>What is kept for reuse: 8 MiB; what is over it goes to the garbage collector.</summary>
    private const int MostIdle = 256;

    private readonly ConcurrentQueue<Block> _idle = new();
    private int _count;

    public override int MaxBufferSize => BlockSize;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
        if (!_idle.TryDequeue(out var block)) return new Block(this);
        Interlocked.Decrement(ref _count);
        return block;
    }

    protected override void Dispose(bool disposing) => _idle.Clear();

    private void Return(Block block)
    {
        if (Interlocked.Increment(ref _count) <= MostIdle) _idle.Enqueue(block);
        else Interlocked.Decrement(ref _count);
    }

    // Pinned: the kernel reads into it and writes from it.
    private sealed class Block(LargeBlockPool pool) : IMemoryOwner<byte>
    {
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(BlockSize, pinned: true);

        public Memory<byte> Memory => _bytes;

        public void Dispose() => pool.Return(this);
    }
}

internal sealed class LargeBlockPoolFactory : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new LargeBlockPool();
}
