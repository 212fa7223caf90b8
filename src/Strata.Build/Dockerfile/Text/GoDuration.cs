using System.Globalization;

namespace Strata.Build.Dockerfiles;

/// <summary>Reads durations as Go writes them: <c>90s</c>, <c>1h30m</c>, <c>1.5s</c>.</summary>
internal static class GoDuration
{
    /// <summary>Nanoseconds.</summary>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static long Parse(string text)
    {
        var rest = text.AsSpan();
        var sign = 1;
        if (rest.Length > 0 && rest[0] is '-' or '+')
        {
            sign = rest[0] == '-' ? -1 : 1;
            rest = rest[1..];
        }
        if (rest is "0") return 0;
        if (rest.Length == 0) throw Invalid(text);
        var total = 0m;
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            var number = digits < 0 ? rest : rest[..digits];
            if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value > long.MaxValue) throw Invalid(text);
            rest = rest[number.Length..];
            var unitEnd = rest.IndexOfAny("0123456789.");
            var unit = unitEnd < 0 ? rest : rest[..unitEnd];
            if (unit.Length == 0) throw new FormatException($"time: missing unit in duration {GoText.Quote(text)}");
            total += value * Unit(unit, text);
            rest = rest[unit.Length..];
            if (total > long.MaxValue) throw Invalid(text);
        }
        return sign * (long)total;
    }

    private static long Unit(ReadOnlySpan<char> unit, string text) => unit switch
    {
        "ns" => 1,
        "us" or "µs" or "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => throw new FormatException($"time: unknown unit {GoText.Quote(unit.ToString())} in duration {GoText.Quote(text)}"),
    };

    private static FormatException Invalid(string text) => new($"time: invalid duration {GoText.Quote(text)}");
}
