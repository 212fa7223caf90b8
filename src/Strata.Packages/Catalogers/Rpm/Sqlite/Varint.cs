namespace Strata.Packages.Catalogers.Rpm.Sqlite;

/// <summary>A number of one to nine bytes, the high ones first. SQLite, "Database File Format" 1.6.</summary>
internal static class Varint
{
    /// <exception cref="InvalidDataException">The bytes end before the number does.</exception>
    public static long Read(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var i = 0; i < 9; i++)
        {
            if (i >= bytes.Length) throw new InvalidDataException("a number is cut off");
            var b = bytes[i];
            // The ninth byte has eight bits of the number, the others seven.
            value = i == 8 ? value << 8 | b : value << 7 | b & 0x7Fu;
            if (i < 8 && b >= 0x80) continue;
            bytes = bytes[(i + 1)..];
            break;
        }

        return (long)value;
    }
}
