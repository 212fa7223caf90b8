using System.Buffers.Binary;

namespace Strata.Vulnerabilities.Publishing;

/// <summary>
/// The pages in which one database file differs from an older one. An update leaves most pages as they are, so that this is small.
/// <c>STRATAD1</c>, the new length (8 bytes, little-endian), and for each page its number (4 bytes) and its <see cref="PageSize"/> bytes.
/// Whether the result is right is for its digest to say.
/// </summary>
internal static class PageDelta
{
    public const int PageSize = 4096;
    private const int HeadSize = 16;

    private static ReadOnlySpan<byte> Magic => "STRATAD1"u8;

    public static void Write(Stream older, Stream newer, Stream delta)
    {
        Span<byte> head = stackalloc byte[HeadSize];
        Magic.CopyTo(head);
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], newer.Length);
        delta.Write(head);
        var (before, page) = (new byte[PageSize], new byte[4 + PageSize]);
        for (uint number = 0; ; number++)
        {
            var size = newer.ReadAtLeast(page.AsSpan(4), PageSize, throwOnEndOfStream: false);
            if (size == 0) return;
            // The last page may be shorter; what follows it is not of the file.
            page.AsSpan(4 + size).Clear();
            var had = older.ReadAtLeast(before, PageSize, throwOnEndOfStream: false);
            if (had == size && before.AsSpan(0, had).SequenceEqual(page.AsSpan(4, size))) continue;
            BinaryPrimitives.WriteUInt32LittleEndian(page, number);
            delta.Write(page);
        }
    }

    /// <summary>Makes the older file the newer one, in place.</summary>
    /// <exception cref="InvalidDataException">It is no such delta, or is damaged.</exception>
    public static void Apply(Stream delta, FileStream file, long mostBytes)
    {
        Span<byte> head = stackalloc byte[HeadSize];
        if (delta.ReadAtLeast(head, HeadSize, throwOnEndOfStream: false) < HeadSize || !head.StartsWith(Magic)) throw new InvalidDataException("it is no delta of a database");
        var length = BinaryPrimitives.ReadInt64LittleEndian(head[8..]);
        if (length < 0 || length > mostBytes) throw new InvalidDataException($"a database of {length} bytes; the most is {mostBytes}");
        var page = new byte[4 + PageSize];
        while (delta.ReadAtLeast(page, page.Length, throwOnEndOfStream: false) is var read and > 0)
        {
            if (read < page.Length) throw new InvalidDataException("the delta ends within a page");
            var at = (long)BinaryPrimitives.ReadUInt32LittleEndian(page) * PageSize;
            if (at >= length) throw new InvalidDataException("the delta has a page beyond the end of the database");
            RandomAccess.Write(file.SafeFileHandle, page.AsSpan(4, (int)Math.Min(PageSize, length - at)), at);
        }

        file.SetLength(length);
    }
}
