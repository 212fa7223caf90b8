namespace Strata.Packages.Catalogers.Rpm.Sqlite;

/// <summary>One row: the types of its columns, then their values. SQLite, "Database File Format" 2.1.</summary>
internal readonly ref struct SqliteRecord(ReadOnlySpan<byte> record)
{
    private const int FirstBlob = 12;

    private readonly ReadOnlySpan<byte> _record = record;

    /// <summary>The bytes of a text or blob; none for what is neither.</summary>
    /// <exception cref="InvalidDataException">The record has no such column.</exception>
    public ReadOnlySpan<byte> Bytes(int column)
    {
        var value = Find(column, out var type);
        return type >= FirstBlob ? value : default;
    }

    /// <exception cref="InvalidDataException">The record has no such column, or it is no whole number.</exception>
    public long Number(int column)
    {
        var value = Find(column, out var type);
        if (type is 8 or 9) return type - 8;
        if (type is < 1 or > 6) throw new InvalidDataException("a row has no number where one should be");
        long number = (sbyte)value[0];
        foreach (var b in value[1..]) number = number << 8 | b;
        return number;
    }

    private ReadOnlySpan<byte> Find(int column, out long type)
    {
        var types = _record;
        var length = Varint.Read(ref types);
        if (length < _record.Length - types.Length || length > _record.Length) throw new InvalidDataException("a row's columns are longer than the row");
        types = _record[(_record.Length - types.Length)..(int)length];
        var at = length;
        for (var i = 0; ; i++)
        {
            if (types.IsEmpty) throw new InvalidDataException($"a row has {i} columns");
            type = Varint.Read(ref types);
            var size = Size(type);
            if (size < 0 || size > _record.Length - at) throw new InvalidDataException("a row's columns are longer than the row");
            if (i == column) return _record.Slice((int)at, (int)size);
            at += size;
        }
    }

    private static long Size(long type) => type switch
    {
        0 or 8 or 9 => 0,
        >= 1 and <= 4 => type,
        5 => 6,
        6 or 7 => 8,
        >= FirstBlob => (type - FirstBlob) / 2,
        _ => -1,
    };
}
