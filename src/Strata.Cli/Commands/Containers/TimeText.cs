using System.Globalization;
using Strata.Images;

namespace Strata.Cli.Commands.Containers;

/// <summary>A moment as docker takes it: RFC 3339, seconds since 1970, or how long ago.</summary>
internal static class TimeText
{
    /// <exception cref="UsageException">It is none.</exception>
    public static DateTimeOffset? Parse(string? text, DateTimeOffset now, string option)
    {
        if (text is null) return null;
        if (Durations.TryParse(text) is { } ago) return now - ago;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800) return DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
            : throw new UsageException($"invalid value for {option}: failed to parse {text}", "write 2026-01-31T10:00:00Z, seconds since 1970, or how long ago, such as 10m");
    }
}
