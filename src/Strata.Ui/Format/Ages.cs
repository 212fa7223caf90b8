using System.Globalization;

namespace Strata.Ui.Format;

/// <summary>Times as people read them; the exact time goes beside it, in a <c>time</c> element.</summary>
public static class Ages
{
    public static string Text(DateTimeOffset when, DateTimeOffset now)
    {
        var age = now - when;
        // A clock that is a little ahead is no news; a date far ahead is shown as it is.
        if (age < TimeSpan.FromMinutes(-5)) return when.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return age switch
        {
            { TotalSeconds: < 45 } => "just now",
            { TotalMinutes: < 59.5 } => Count(age.TotalMinutes, "minute"),
            { TotalHours: < 23.5 } => Count(age.TotalHours, "hour"),
            { TotalDays: < 13.5 } => Count(age.TotalDays, "day"),
            { TotalDays: < 59.5 } => Count(age.TotalDays / 7, "week"),
            { TotalDays: < 700 } => Count(age.TotalDays / 30.44, "month"),
            _ => Count(age.TotalDays / 365.25, "year"),
        };
    }

    /// <summary>How long something took or will take: <c>8 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>.</summary>
    public static string Duration(TimeSpan span)
    {
        if (span < TimeSpan.FromSeconds(1)) return "under 1 s";
        if (span < TimeSpan.FromMinutes(1)) return $"{(int)Math.Round(span.TotalSeconds)} s";
        if (span < TimeSpan.FromHours(1)) return $"{span.Minutes} min {span.Seconds} s";
        return $"{(int)span.TotalHours} h {span.Minutes} min";
    }

    public static string Exact(DateTimeOffset when) => when.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>For the datetime attribute.</summary>
    public static string Iso(DateTimeOffset when) => when.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Count(double value, string unit)
    {
        var count = Math.Max(1, (int)Math.Round(value));
        return count == 1 ? $"1 {unit} ago" : $"{count.ToString(CultureInfo.InvariantCulture)} {unit}s ago";
    }
}
