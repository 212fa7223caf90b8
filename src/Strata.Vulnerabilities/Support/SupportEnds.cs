using System.Globalization;
using Strata.Packages.Distributions;

namespace Strata.Vulnerabilities.Support;

/// <summary>When a release of a distribution has its last security updates.</summary>
public static class SupportEnds
{
    private static readonly Lazy<Dictionary<(string Distribution, string Release), DateOnly>> Known = new(Read);

    /// <summary>The last day; null for a release that is not known here, and for one that never ends.</summary>
    public static DateOnly? Of(Distribution distribution)
    {
        if (distribution.VersionId is not { } version) return null;
        // 12.4 is of 12, 3.18.4 of 3.18, 8.7 of 8.
        var parts = version.Split('.');
        foreach (var release in Enumerable.Range(1, parts.Length).Reverse().Select(n => string.Join('.', parts.Take(n))))
        {
            if (Known.Value.TryGetValue((distribution.Id, release), out var day)) return day;
        }

        return null;
    }

    /// <summary>A sentence where the release gets no security updates any more; null where it does, or nobody knows.</summary>
    public static string? WhyEnded(Distribution? distribution, DateTimeOffset now) =>
        distribution is not null && Of(distribution) is { } end && end < DateOnly.FromDateTime(now.UtcDateTime)
            ? FormattableString.Invariant($"{distribution.Id} {distribution.VersionId} has had no security updates since {end:yyyy-MM-dd}")
            : null;

    private static Dictionary<(string, string), DateOnly> Read()
    {
        using var stream = typeof(SupportEnds).Assembly.GetManifestResourceStream("support-ends.csv")!;
        using var reader = new StreamReader(stream);
        var days = new Dictionary<(string, string), DateOnly>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Split(',') is [var distribution, var release, var day] && !line.StartsWith('#'))
                days[(distribution, release)] = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        return days;
    }
}
