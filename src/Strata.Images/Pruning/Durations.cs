using System.Globalization;

namespace Strata.Images;

/// <summary>Durations as docker and Go write them.</summary>
public static class Durations
{
    /// <summary>Reads <c>24h</c>, <c>1h30m</c>, <c>90s</c>, and <c>7d</c>, too; null for anything else.</summary>
    public static TimeSpan? TryParse(string? text)
    {
        var total = TimeSpan.Zero;
        var digits = 0;
        for (var i = 0; i < text?.Length; i++)
        {
            if (char.IsAsciiDigit(text[i])) continue;
            if (i == digits || !int.TryParse(text.AsSpan(digits, i - digits), NumberStyles.None, CultureInfo.InvariantCulture, out var n)) return null;
            TimeSpan? part = text[i] switch
            {
                'd' when n < 100_000 => TimeSpan.FromDays(n),
                'h' when n < 2_400_000 => TimeSpan.FromHours(n),
                'm' => TimeSpan.FromMinutes(n),
                's' => TimeSpan.FromSeconds(n),
                _ => null,
            };
            if (part is null) return null;
            total += part.Value;
            digits = i + 1;
        }
        return digits == text?.Length && digits > 0 ? total : null;
    }
}
