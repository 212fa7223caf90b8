using System.Buffers.Binary;
using System.Collections;

namespace Strata.Packages.Catalogers.Rpm.Sqlite;

/// <summary>
/// The pages of an SQLite database; each is given out once, so that no chain of pages goes round. SQLite, "Database File Format" 1.2, 1.3.
/// </summary>
internal sealed class SqliteFile
{
    /// <summary>The header is in front of what the first page has.</summary>
    public const int HeaderSize = 100;

    private readonly FileContent _content;
    private readonly BitArray _taken;

    private SqliteFile(FileContent content, int pageSize, int reserved)
    {
        _content = content;
        PageSize = pageSize;
        Usable = pageSize - reserved;
        Pages = (uint)(content.Length / pageSize);
        _taken = new BitArray((int)Pages + 1);
    }

    public int PageSize { get; }

    /// <summary>Bytes of a page that the database uses, from its begin on.</summary>
    public int Usable { get; }

    /// <summary>Whole pages; their numbers begin at 1.</summary>
    public uint Pages { get; }

    public static bool Is(ReadOnlySpan<byte> head) => head.StartsWith("SQLite format 3\0"u8);

    /// <exception cref="InvalidDataException">The header makes no sense.</exception>
    public static SqliteFile Open(FileContent content, IHeaderSink sink)
    {
        var header = content.Bytes(0, HeaderSize);
        int size = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(16));
        if (size == 1) size = 65536;
        int reserved = header[20];
        if (size < 512 || (size & (size - 1)) != 0 || size - reserved < 480) throw new InvalidDataException($"an SQLite database with pages of {size} bytes, {reserved} of them reserved");
        var file = new SqliteFile(content, size, reserved);
        var pages = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(28));
        // The count is valid only if it was written together with the last change.
        var isCounted = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(24)) == BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(92));
        if (isCounted && pages > file.Pages) sink.Damage($"cut off: {file.Pages} of {pages} pages are there");
        return file;
    }

    /// <param name="number">From 1.</param>
    /// <param name="page">As long as a page.</param>
    /// <exception cref="InvalidDataException">There is no such page, or it was read before.</exception>
    public void Take(uint number, Span<byte> page)
    {
        if (number == 0 || number > Pages) throw new InvalidDataException($"page {number} is named, and there are {Pages}");
        if (_taken[(int)number]) throw new InvalidDataException($"page {number} is named twice");
        _taken[(int)number] = true;
        if (_content.ReadAt((number - 1L) * PageSize, page) != PageSize) throw new InvalidDataException($"page {number} cannot be read");
    }
}
