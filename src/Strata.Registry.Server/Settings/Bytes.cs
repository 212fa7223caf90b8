using System.Globalization;

namespace Strata.Registry.Server;

/// <summary>Amounts of bytes as people write them: <c>10GB</c>, <c>512MiB</c>, <c>1.5 GB</c>.</summary>
internal static class Bytes
{
    public const string Expected = "a size such as 10GB, 512MiB or a number of bytes";

    private static readonly (string Name, long Size)[] Binary = [("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10)];
    private static readonly (string Name, long Size)[] Decimal = [("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000), ("B", 1)];

    public static bool TryParse(string text, out long value)
    {
        value = 0;
        var letters = text.AsSpan().IndexOfAnyExcept("0123456789.");
        var number = letters < 0 ? text : text[..letters];
        var unit = letters < 0 ? "B" : text[letters..].Trim();
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)) return false;
        var found = Array.Find([.. Binary, .. Decimal], u => u.Name.Equals(unit, StringComparison.OrdinalIgnoreCase));
        if (found.Size == 0 || amount > long.MaxValue / (decimal)found.Size) return false;
        value = (long)(amount * found.Size);
        return true;
    }

    /// <summary>Exactly, in the largest unit that needs no fraction.</summary>
    public static string Format(long value)
    {
        var unit = Array.Find([.. Decimal[..3], .. Binary, .. Decimal[3..]], u => value != 0 && value % u.Size == 0);
        return unit.Name is null ? "0B" : string.Create(CultureInfo.InvariantCulture, $"{value / unit.Size}{unit.Name}");
    }

    /// <summary>About, for a message: <c>9.8 GB</c>.</summary>
    public static string Show(long value)
    {
        var unit = Array.Find(Decimal, u => value >= u.Size);
        return unit.Name is null ? "0 B" : string.Create(CultureInfo.InvariantCulture, $"{(decimal)value / unit.Size:0.#} {unit.Name}");
    }
}
