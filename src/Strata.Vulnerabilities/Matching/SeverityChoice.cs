using Strata.Vulnerabilities.Cvss;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Matching;

/// <summary>Picks one severity out of what a record says. What it says of the package goes before what it says of all.</summary>
internal sealed record SeverityChoice(Severity Severity, double? Score, string? Vector)
{
    public static SeverityChoice Of(OsvVersions affected, OsvText record)
    {
        OsvSeverity[] all = [.. affected.Severities ?? [], .. record.Severities ?? []];
        foreach (var given in all.Where(s => s.Type == "CVSS_V3"))
        {
            if (Cvss3.BaseScore(given.Score) is { } score) return new SeverityChoice(Cvss3.Rating(score), score, given.Score);
        }

        // Scores of other versions are not computed: their vector is shown, and a word of the database rates.
        var vector = Array.Find(all, s => s.Type is "CVSS_V4")?.Score ?? Array.Find(all, s => s.Type is "CVSS_V2")?.Score;
        return new SeverityChoice(Rating(all, affected.Word, record.Word), Score: null, vector);
    }

    private static Severity Rating(OsvSeverity[] all, params ReadOnlySpan<string?> words)
    {
        foreach (var word in words)
        {
            if (OfWord(word) is not Severity.Unknown and var severity) return severity;
        }

        return Array.Find(all, s => s.Type == "Ubuntu") is { } ubuntu ? OfWord(ubuntu.Score) : Severity.Unknown;
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
