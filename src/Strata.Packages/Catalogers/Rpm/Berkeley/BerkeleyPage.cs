namespace Strata.Packages.Catalogers.Rpm.Berkeley;

/// <summary>One page: a header of 26 bytes, the places of its items, and from its end on the items. Berkeley DB, dbinc/db_page.h.</summary>
internal readonly ref struct BerkeleyPage(ReadOnlySpan<byte> bytes, BerkeleyNumbers numbers)
{
    public const int HeaderSize = 26;

    private const byte HashUnsorted = 2;
    private const byte Overflow = 7;
    private const byte Hash = 13;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public bool IsOfHash => _bytes[25] is Hash or HashUnsorted;

    public bool IsOverflow => _bytes[25] == Overflow;

    public uint Next => numbers.UInt32(_bytes, 16);

    public int Entries => Math.Min(numbers.UInt16(_bytes, 20), (_bytes.Length - HeaderSize) / sizeof(ushort));

    /// <summary>What an overflow page has of a long item.</summary>
    public ReadOnlySpan<byte> Piece
    {
        get
        {
            var length = numbers.UInt16(_bytes, 22);
            return HeaderSize + length <= _bytes.Length ? _bytes.Slice(HeaderSize, length) : throw new InvalidDataException("a page has more bytes than its size");
        }
    }

    /// <summary>Items lie from the end of the page down, so that each ends where the one before begins.</summary>
    public ReadOnlySpan<byte> Item(int index)
    {
        int begin = numbers.UInt16(_bytes, HeaderSize + index * sizeof(ushort));
        int end = index == 0 ? _bytes.Length : numbers.UInt16(_bytes, HeaderSize + (index - 1) * sizeof(ushort));
        return begin >= HeaderSize && begin < end && end <= _bytes.Length ? _bytes[begin..end] : throw new InvalidDataException("an item is outside its page");
    }
}
