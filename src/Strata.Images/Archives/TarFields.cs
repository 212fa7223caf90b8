using System.Globalization;

namespace Strata.Images.Archives;

/// <summary>The fields of a tar's header that say where the next one is. POSIX.1-1988 ustar, with GNU's numbers in base 256.</summary>
internal static class TarFields
{
    public const int Block = 512;
    private const int SumAt = 148;

    public static long Size(ReadOnlySpan<byte> block) =>
        TryNumber(block.Slice(124, 12), out var size) && size >= 0 ? size : throw new InvalidDataException("a header has a size that is no number");

    public static byte[] Name(ReadOnlySpan<byte> block)
    {
        var name = Text(block[..100]);
        var prefix = block.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(block.Slice(345, 155)) : [];
        return prefix.Length == 0 ? name.ToArray() : [.. prefix, (byte)'/', .. name];
    }

    public static byte[] LinkName(ReadOnlySpan<byte> block) => Text(block.Slice(157, 100)).ToArray();

    public static long Padding(long size) => (Block - size % Block) % Block;

    public static bool HasValidSum(ReadOnlySpan<byte> block)
    {
        long unsigned = 0, signed = 0;
        for (var i = 0; i < Block; i++)
        {
            var b = i is >= SumAt and < SumAt + 8 ? (byte)' ' : block[i];
            unsigned += b;
            signed += (sbyte)b;
        }
        return TryNumber(block.Slice(SumAt, 8), out var sum) && (sum == unsigned || sum == signed);
    }

    public static void SetSum(Span<byte> block)
    {
        block.Slice(SumAt, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var b in block) sum += b;
        SetOctal(block.Slice(SumAt, 7), sum);
    }

    /// <summary>Octal digits and a NUL; what does not fit goes into base 256, which every reader of large files knows.</summary>
    public static void SetOctal(Span<byte> field, long value)
    {
        field.Clear();
        if (value >> (3 * (field.Length - 1)) != 0)
        {
            for (var i = field.Length - 1; i > 0; i--, value >>= 8) field[i] = (byte)value;
            field[0] = 0x80;
            return;
        }
        for (var i = field.Length - 2; i >= 0; i--, value >>= 3) field[i] = (byte)('0' + (value & 7));
    }

    /// <summary>The records of a PAX header, <c>LENGTH KEY=VALUE\n</c>; values are bytes. POSIX.1-2001 pax, "Extended Header".</summary>
    /// <exception cref="InvalidDataException">A record's length is wrong.</exception>
    public static List<(string Key, byte[] Value)> Records(ReadOnlySpan<byte> body)
    {
        var records = new List<(string, byte[])>();
        while (body.Length > 0 && body[0] != 0)
        {
            var space = body.IndexOf((byte)' ');
            if (space <= 0 || !int.TryParse(body[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > body.Length || body[length - 1] != (byte)'\n')
                throw new InvalidDataException("a PAX header has a record whose length is wrong");
            var record = body[(space + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals <= 0) throw new InvalidDataException("a PAX header has a record without a key");
            records.Add((System.Text.Encoding.UTF8.GetString(record[..equals]), record[(equals + 1)..].ToArray()));
            body = body[length..];
        }
        return records;
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    private static bool TryNumber(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        if ((field[0] & 0x80) != 0)
        {
            for (var i = 0; i < field.Length; i++)
            {
                if (value >> 55 != 0) return false;
                value = (value << 8) | (i == 0 ? (byte)(field[0] & 0x7f) : field[i]);
            }
            return true;
        }
        foreach (var c in field.Trim(" \0"u8))
        {
            if (c is < (byte)'0' or > (byte)'7' || value >> 59 != 0) return false;
            value = (value << 3) | (long)(c - '0');
        }
        return true;
    }
}
