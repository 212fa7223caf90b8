using Strata.Vulnerabilities.Cvss;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Matching;

/// <summary>
/// Picks one severity out of what a record says: the vendor's word, else the CVSS vector, of version 3 before 4 before 2. What it says of
/// the package goes before what it says of all.
/// </summary>
internal sealed record SeverityChoice(Severity Severity, double? Score, string? Vector, IReadOnlyList<Rating> Ratings)
{
    private static readonly string[] Types = ["CVSS_V3", "CVSS_V4", "CVSS_V2"];

    public static SeverityChoice Of(string recordId, OsvVersions affected, OsvText record)
    {
        OsvSeverity[] all = [.. affected.Severities ?? [], .. record.Severities ?? []];
        var ratings = Types.SelectMany(t => all.Where(s => s.Type == t)).Select(s => RatingOf(recordId, s)).Distinct().ToList();
        var best = ratings.Find(r => r.Score is not null) ?? ratings.FirstOrDefault();
        var word = Word(all, affected.Word, record.Word, Prefix(record.Summary));
        if (word != Severity.Unknown) ratings.Add(new Rating(recordId, word, Score: null, Vector: null));
        return new SeverityChoice(word != Severity.Unknown ? word : best?.Severity ?? Severity.Unknown, best?.Score, best?.Vector, ratings);
    }

    private static Rating RatingOf(string recordId, OsvSeverity given)
    {
        var score = CvssVector.BaseScore(given.Score);
        return new Rating(recordId, score is null ? Severity.Unknown : Cvss3.Rating(score.Value), score, given.Score);
    }

    private static Severity Word(OsvSeverity[] all, params ReadOnlySpan<string?> words)
    {
        foreach (var word in words)
        {
            if (OfWord(word) is not Severity.Unknown and var severity) return severity;
        }

        return Array.Find(all, s => s.Type == "Ubuntu") is { } ubuntu ? OfWord(ubuntu.Score) : Severity.Unknown;
    }

    /// <summary>Errata begin with it: <c>Important: firefox security update</c>.</summary>
    private static string? Prefix(string? summary)
    {
        var colon = summary?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon > 0 ? summary![..colon] : null;
    }

    /// <summary>The words of GitHub, Debian's urgency, Ubuntu's priority and the usual ones. "not yet assigned" says nothing.</summary>
    internal static Severity OfWord(string? word) => word?.Trim().ToLowerInvariant() switch
    {
        "critical" => Severity.Critical,
        "high" or "important" => Severity.High,
        "medium" or "moderate" => Severity.Medium,
        "low" or "minor" => Severity.Low,
        "negligible" or "unimportant" or "none" => Severity.Negligible,
        _ => Severity.Unknown,
    };
}
