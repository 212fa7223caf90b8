using System.Buffers;
using System.Buffers.Binary;

namespace Strata.Packages.Catalogers.Rpm.Ndb;

/// <summary>
/// rpm's own database, which SUSE has: pages of slots, each of which leads to one header. All numbers have the low byte first; places are
/// counted in blocks of 16 bytes. rpm, lib/backend/ndb/rpmpkg.c.
/// </summary>
internal sealed class NdbDatabase(FileContent content, IHeaderSink sink)
{
    private const int BlockSize = 16;
    private const int SlotSize = 16;
    private const int PageSize = 4096;

    /// <summary>The slots of the first page that are the database's header.</summary>
    private const int HeaderSlots = 2;

    private const int BlobHead = 16;
    private const int BlobTail = 12;

    private readonly HashSet<uint> _packages = [];
    private readonly ArrayBufferWriter<byte> _blob = new();
    private long _blocksLeft = content.Length / BlockSize;

    public static bool Is(ReadOnlySpan<byte> head) => head.StartsWith("RpmP"u8);

    public void Read()
    {
        var header = content.Bytes(0, HeaderSlots * SlotSize);
        var version = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4));
        if (version != 0) throw new InvalidDataException($"an ndb database of version {version}; only 0 is known");
        var pages = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(12));
        var page = new byte[PageSize];
        for (var i = 0u; i < pages; i++)
        {
            if (content.ReadAt((long)i * PageSize, page) < PageSize) throw new InvalidDataException($"cut off: it says it has {pages} pages of slots, and ends in number {i + 1}");
            for (var slot = i == 0 ? HeaderSlots : 0; slot < PageSize / SlotSize; slot++) ReadSlot(page.AsSpan(slot * SlotSize, SlotSize));
        }
    }

    private void ReadSlot(ReadOnlySpan<byte> slot)
    {
        string damage;
        try
        {
            if (!slot.StartsWith("Slot"u8)) throw new InvalidDataException("a slot is none");
            var package = BinaryPrimitives.ReadUInt32LittleEndian(slot[4..]);
            var block = BinaryPrimitives.ReadUInt32LittleEndian(slot[8..]);
            var blocks = BinaryPrimitives.ReadUInt32LittleEndian(slot[12..]);
            if (block != 0) ReadBlob(package, block, blocks);
            return;
        }
        catch (InvalidDataException e)
        {
            damage = e.Message;
        }
        sink.Damage(damage);
    }

    private void ReadBlob(uint package, uint block, uint blocks)
    {
        if (!_packages.Add(package)) throw new InvalidDataException($"package {package} has two slots");
        // Headers do not overlap: all together they have no more blocks than the file.
        _blocksLeft -= blocks;
        if (_blocksLeft < 0) throw new InvalidDataException("the headers are longer than the file");
        var begin = (long)block * BlockSize;
        Span<byte> head = stackalloc byte[BlobHead];
        if (content.ReadAt(begin, head) < BlobHead) throw new InvalidDataException($"cut off: the header of package {package} is past the end");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(head[12..]);
        if (!head.StartsWith("BlbS"u8) || BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) != package) throw new InvalidDataException($"the header of package {package} is not where its slot says");
        if (((long)BlobHead + length + BlobTail + BlockSize - 1) / BlockSize != blocks) throw new InvalidDataException($"the header of package {package} says it has {length} bytes, and its slot {blocks} blocks");
        RpmHeader.CheckLength(length);
        if (begin + BlobHead + length > content.Length) throw new InvalidDataException($"cut off: the header of package {package} is past the end");
        _blob.ResetWrittenCount();
        var blob = _blob.GetSpan((int)length)[..(int)length];
        content.ReadAt(begin + BlobHead, blob);
        sink.Header(blob);
    }
}
