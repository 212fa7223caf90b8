using System.Globalization;

namespace Strata.Cli.Rendering;

/// <summary>How long ago, as docker says it.</summary>
internal static class Ages
{
    public static string Ago(DateTimeOffset? time, DateTimeOffset now) => time is { } t && t > DateTimeOffset.UnixEpoch ? Span(now - t) + " ago" : "N/A";

    public static string Span(TimeSpan span)
    {
        var seconds = (long)span.TotalSeconds;
        var (minutes, hours) = (seconds / 60, (long)Math.Round(span.TotalHours));
        return seconds switch
        {
            < 1 => "Less than a second",
            1 => "1 second",
            < 60 => Count(seconds, "seconds"),
            _ when minutes == 1 => "About a minute",
            _ when minutes < 60 => Count(minutes, "minutes"),
            _ when hours == 1 => "About an hour",
            _ when hours < 48 => Count(hours, "hours"),
            _ when hours < 24 * 7 * 2 => Count(hours / 24, "days"),
            _ when hours < 24 * 30 * 2 => Count(hours / 24 / 7, "weeks"),
            _ when hours < 24 * 365 * 2 => Count(hours / 24 / 30, "months"),
            _ => Count(hours / 24 / 365, "years"),
        };
    }

    private static string Count(long n, string unit) => n.ToString(CultureInfo.InvariantCulture) + " " + unit;
}
