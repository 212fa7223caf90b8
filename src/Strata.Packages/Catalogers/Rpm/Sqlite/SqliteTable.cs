using System.Buffers;
using System.Buffers.Binary;

namespace Strata.Packages.Catalogers.Rpm.Sqlite;

/// <summary>Walks the b-tree of one table. SQLite, "Database File Format" 1.6 and 1.7.</summary>
internal sealed class SqliteTable(SqliteFile file, IHeaderSink sink)
{
    private const byte Interior = 5;
    private const byte Leaf = 13;

    private readonly byte[] _page = new byte[file.PageSize];
    private readonly byte[] _overflow = new byte[file.PageSize];
    private readonly ArrayBufferWriter<byte> _row = new();
    private readonly Stack<uint> _left = new();
    private int _used;

    /// <summary>Gives the record of each row, in their order. What cannot be read is left out, and told.</summary>
    /// <param name="root">The number of the table's first page.</param>
    /// <param name="row">May throw <see cref="InvalidDataException"/>: that is told, and the next row comes.</param>
    public void Read(uint root, Action<ReadOnlySpan<byte>> row)
    {
        _left.Clear();
        _left.Push(root);
        while (_left.TryPop(out var number)) Try(() => ReadPage(number, row));
    }

    private void Try(Action read)
    {
        string damage;
        try
        {
            read();
            return;
        }
        catch (InvalidDataException e)
        {
            damage = e.Message;
        }
        sink.Damage(damage);
    }

    private void ReadPage(uint number, Action<ReadOnlySpan<byte>> row)
    {
        file.Take(number, _page);
        _used = 0;
        var begin = number == 1 ? SqliteFile.HeaderSize : 0;
        var type = _page[begin];
        if (type is not (Interior or Leaf)) throw new InvalidDataException($"page {number} belongs to no table");
        var count = BinaryPrimitives.ReadUInt16BigEndian(_page.AsSpan(begin + 3));
        var cells = begin + (type == Interior ? 12 : 8);
        if (cells + count * sizeof(ushort) > file.Usable) throw new InvalidDataException($"page {number} says it has {count} cells");
        if (type == Interior) PushChildren(begin, cells, count);
        else for (var i = 0; i < count; i++) ReadCell(number, BinaryPrimitives.ReadUInt16BigEndian(_page.AsSpan(cells + i * sizeof(ushort))), row);
    }

    private void PushChildren(int begin, int cells, int count)
    {
        // A table has no more pages than the file.
        if (_left.Count + count >= file.Pages) throw new InvalidDataException("the tables have more pages than the file");
        _left.Push(BinaryPrimitives.ReadUInt32BigEndian(_page.AsSpan(begin + 8)));
        for (var i = count - 1; i >= 0; i--)
        {
            var cell = BinaryPrimitives.ReadUInt16BigEndian(_page.AsSpan(cells + i * sizeof(ushort)));
            if (cell + sizeof(uint) > file.Usable) throw new InvalidDataException("a cell is outside its page");
            _left.Push(BinaryPrimitives.ReadUInt32BigEndian(_page.AsSpan(cell)));
        }
    }

    private void ReadCell(uint number, int at, Action<ReadOnlySpan<byte>> row) => Try(() =>
    {
        if (at >= file.Usable) throw new InvalidDataException($"a cell is outside page {number}");
        var cell = (ReadOnlySpan<byte>)_page.AsSpan(at, file.Usable - at);
        var length = Varint.Read(ref cell);
        Varint.Read(ref cell);
        if (length < 0) throw new InvalidDataException($"a row of page {number} says it has {length} bytes");
        RpmHeader.CheckLength(length);
        var local = Local(length);
        // Rows do not overlap: those of a page have no more bytes than it.
        _used += local;
        if (local > cell.Length || _used > file.Usable) throw new InvalidDataException($"a row of page {number} is outside it, or over another");
        if (local == length) row(cell[..local]);
        else row(WithOverflow(cell, local, (int)length));
    });

    /// <summary>How many bytes of a row are on the page; what is over is in a chain of others.</summary>
    private int Local(long length)
    {
        var most = file.Usable - 35;
        if (length <= most) return (int)length;
        var least = (file.Usable - 12) * 32 / 255 - 23;
        var rest = least + (int)((length - least) % (file.Usable - 4));
        return rest <= most ? rest : least;
    }

    private ReadOnlySpan<byte> WithOverflow(ReadOnlySpan<byte> cell, int local, int length)
    {
        if (local + sizeof(uint) > cell.Length) throw new InvalidDataException("a row is outside its page");
        _row.ResetWrittenCount();
        _row.Write(cell[..local]);
        var next = BinaryPrimitives.ReadUInt32BigEndian(cell[local..]);
        while (_row.WrittenCount < length)
        {
            if (next == 0) throw new InvalidDataException($"a row says it has {length} bytes, and has {_row.WrittenCount}");
            file.Take(next, _overflow);
            next = BinaryPrimitives.ReadUInt32BigEndian(_overflow);
            _row.Write(_overflow.AsSpan(sizeof(uint), Math.Min(file.Usable - sizeof(uint), length - _row.WrittenCount)));
        }

        return _row.WrittenSpan;
    }
}
