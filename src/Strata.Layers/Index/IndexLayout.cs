using System.Buffers.Binary;

namespace Strata.Layers.Indexes;

/// <summary>
/// The index on disk, all numbers little-endian: a header with the totals; the records, in the order of the tar; for every 16th record
/// where it
/// begins; and all record numbers in the order of their paths. Within 16 records, a path is kept as what it has not in common with the one
/// before.
/// </summary>
internal static class IndexLayout
{
    public const int HeaderLength = 64;

    /// <summary>Records from one that can be read by itself to the next.</summary>
    public const int Block = 16;

    public static ReadOnlySpan<byte> Magic => "STRATAX2"u8;

    public static void WriteHeader(Span<byte> header, LayerTotals totals, long recordsLength)
    {
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], (uint)totals.Entries);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], (uint)totals.Files);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], (uint)totals.Directories);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], (uint)totals.Removals);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], totals.ContentSize);
        BinaryPrimitives.WriteInt64LittleEndian(header[32..], recordsLength);
        header[40] = totals.HidesLowerLayers ? (byte)1 : (byte)0;
    }

    /// <summary>Null for what is no index of this version, or not as long as it says.</summary>
    public static LayerTotals? ReadHeader(ReadOnlySpan<byte> header, long fileLength)
    {
        if (header.Length < HeaderLength || !header.StartsWith(Magic)) return null;
        var entries = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        var records = RecordsLength(header);
        if (records < 0 || entries > int.MaxValue || fileLength != HeaderLength + records + 4 * (Blocks(entries) + entries)) return null;
        return new LayerTotals
        {
            Entries = entries,
            Files = BinaryPrimitives.ReadUInt32LittleEndian(header[12..]),
            Directories = BinaryPrimitives.ReadUInt32LittleEndian(header[16..]),
            Removals = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]),
            ContentSize = BinaryPrimitives.ReadInt64LittleEndian(header[24..]),
            HidesLowerLayers = header[40] != 0,
        };
    }

    public static long RecordsLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt64LittleEndian(header[32..]);

    public static long Blocks(long entries) => (entries + Block - 1) / Block;
}
