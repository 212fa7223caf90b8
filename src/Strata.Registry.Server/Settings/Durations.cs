using System.Globalization;

namespace Strata.Registry.Server;

/// <summary>Times as people write them: <c>90s</c>, <c>7d</c>, <c>1h30m</c>.</summary>
internal static class Durations
{
    public const string Expected = "a time such as 500ms, 90s, 15m, 6h or 7d";

    private static readonly (string Name, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
    ];

    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        var rest = text.AsSpan();
        var ticks = 0L;
        if (rest is "0") return true;
        if (rest.IsEmpty) return false;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0 || !long.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
            rest = rest[digits..];
            var letters = rest.IndexOfAnyInRange('0', '9');
            if (letters < 0) letters = rest.Length;
            if (!TryUnit(rest[..letters], out var unit) || number > (TimeSpan.MaxValue.Ticks - ticks) / unit) return false;
            ticks += number * unit;
            rest = rest[letters..];
        }
        value = new TimeSpan(ticks);
        return true;
    }

    /// <summary>In the largest unit that needs no fraction.</summary>
    public static string Format(TimeSpan value)
    {
        if (value == TimeSpan.Zero) return "0s";
        foreach (var (name, ticks) in Units)
            if (value.Ticks % ticks == 0) return string.Create(CultureInfo.InvariantCulture, $"{value.Ticks / ticks}{name}");
        return value.ToString("c", CultureInfo.InvariantCulture);
    }

    private static bool TryUnit(ReadOnlySpan<char> name, out long ticks)
    {
        foreach (var unit in Units)
        {
            ticks = unit.Ticks;
            if (name.SequenceEqual(unit.Name)) return true;
        }
        ticks = 0;
        return false;
    }
}
