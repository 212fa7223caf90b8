namespace Strata.Layers.Tar;

/// <summary>One block of 512 bytes that describes an entry, as it lies in the archive. POSIX.1-1988 ustar, with GNU's numbers.</summary>
internal static class TarHeader
{
    public const int Length = 512;

    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> block) => Text(block[..100]);

    public static ReadOnlySpan<byte> LinkName(ReadOnlySpan<byte> block) => Text(block.Slice(157, 100));

    public static byte Type(ReadOnlySpan<byte> block) => block[156];

    /// <summary>The first part of a long name; only POSIX archives have it there, GNU keeps other things in its place.</summary>
    public static ReadOnlySpan<byte> Prefix(ReadOnlySpan<byte> block) =>
        block.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(block.Slice(345, 155)) : [];

    public static long Mode(ReadOnlySpan<byte> block) => Number(block.Slice(100, 8), "mode");

    public static long Uid(ReadOnlySpan<byte> block) => Number(block.Slice(108, 8), "uid");

    public static long Gid(ReadOnlySpan<byte> block) => Number(block.Slice(116, 8), "gid");

    public static long Size(ReadOnlySpan<byte> block) => Number(block.Slice(124, 12), "size");

    public static long ModTime(ReadOnlySpan<byte> block) => Number(block.Slice(136, 12), "mtime");

    public static long DeviceMajor(ReadOnlySpan<byte> block) => Number(block.Slice(329, 8), "devmajor");

    public static long DeviceMinor(ReadOnlySpan<byte> block) => Number(block.Slice(337, 8), "devminor");

    /// <summary>The real size of a file in GNU's old sparse form.</summary>
    public static long SparseSize(ReadOnlySpan<byte> block) => Number(block.Slice(483, 12), "realsize");

    /// <summary>An offset or a length in GNU's old sparse form.</summary>
    public static long PieceNumber(ReadOnlySpan<byte> field) => Number(field, "piece of a sparse file");

    /// <summary>
    /// True when the sum of the block's bytes, the sum's own field read as spaces, is what the block says. Old archives summed signed
    /// bytes.
    /// </summary>
    public static bool HasValidSum(ReadOnlySpan<byte> block)
    {
        long unsigned = 8 * ' ', signed = 8 * ' ';
        for (var i = 0; i < Length; i++)
        {
            if (i is >= 148 and < 156) continue;
            unsigned += block[i];
            signed += (sbyte)block[i];
        }
        return TryNumber(block.Slice(148, 8), out var sum) && (sum == unsigned || sum == signed);
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    private static long Number(ReadOnlySpan<byte> field, string name) =>
        TryNumber(field, out var value) ? value : throw new TarException($"a tar header has a {name} that is no number");

    /// <summary>Octal text, or with the top bit set a big-endian number in base 256 (GNU), negative by two's complement.</summary>
    private static bool TryNumber(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        if ((field[0] & 0x80) != 0)
        {
            var negative = (field[0] & 0x40) != 0;
            value = negative ? -1 : 0;
            for (var i = 0; i < field.Length; i++)
            {
                var b = i == 0 ? (byte)(negative ? field[0] | 0x80 : field[0] & 0x7f) : field[i];
                // What is shifted out at the top must be sign only, else the number does not fit.
                if (value >> 55 != (negative ? -1 : 0)) return false;
                value = (value << 8) | b;
            }
            return true;
        }
        var text = field.Trim(" \0"u8);
        foreach (var c in text)
        {
            if (c is < (byte)'0' or > (byte)'7' || value >> 60 != 0) return false;
            value = (value << 3) | (long)(c - '0');
        }
        return true;
    }
}
