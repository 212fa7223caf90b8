using System.Buffers;
using System.Collections;

namespace Strata.Packages.Catalogers.Rpm.Berkeley;

/// <summary>The pages of a hash, and the items that are too long for one; an overflow page is given out once, so that no chain goes round.</summary>
internal sealed class BerkeleyPages(FileContent content, int pageSize, BerkeleyNumbers numbers)
{
    /// <summary>The value is in the page.</summary>
    private const byte KeyData = 1;

    /// <summary>The value is in a chain of other pages: their first, and the length.</summary>
    private const byte OffPage = 3;
    private const int OffPageSize = 12;

    private readonly byte[] _page = new byte[pageSize];
    private readonly byte[] _overflow = new byte[pageSize];
    private readonly BitArray _taken = new(checked((int)(content.Length / pageSize)));
    private readonly ArrayBufferWriter<byte> _item = new();

    /// <summary>Valid until the next one is read.</summary>
    public BerkeleyPage Read(uint number)
    {
        content.ReadAt((long)number * pageSize, _page);
        return new BerkeleyPage(_page, numbers);
    }

    /// <summary>A key or value; valid until the next one is read.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public ReadOnlySpan<byte> Item(BerkeleyPage page, int index)
    {
        var item = page.Item(index);
        return item[0] switch
        {
            KeyData => item[1..],
            OffPage when item.Length >= OffPageSize => Chain(numbers.UInt32(item, 4), numbers.UInt32(item, 8)),
            var kind => throw new InvalidDataException($"an item of kind {kind}, which rpm does not write"),
        };
    }

    private ReadOnlySpan<byte> Chain(uint next, uint length)
    {
        RpmHeader.CheckLength(length);
        _item.ResetWrittenCount();
        while (_item.WrittenCount < length)
        {
            if (next == 0 || next >= _taken.Length) throw new InvalidDataException($"a header says it has {length} bytes, and has {_item.WrittenCount}");
            if (_taken[(int)next]) throw new InvalidDataException($"page {next} is named twice");
            _taken[(int)next] = true;
            content.ReadAt((long)next * pageSize, _overflow);
            var page = new BerkeleyPage(_overflow, numbers);
            if (!page.IsOverflow) throw new InvalidDataException($"page {next} is no overflow page");
            var piece = page.Piece;
            _item.Write(piece[..(int)Math.Min(piece.Length, length - _item.WrittenCount)]);
            next = page.Next;
        }

        return _item.WrittenSpan;
    }
}
