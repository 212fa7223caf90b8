using Strata.Vulnerabilities.Advisories;

namespace Strata.Vulnerabilities.Matching;

/// <summary>Adds what is known of the CVEs of a finding: exploited, likely to be, rated by others.</summary>
internal static class Enrichment
{
    private const string Cisa = "CISA Vulnrichment";

    public static Finding Of(Finding finding, AdvisoryDatabase database)
    {
        foreach (var cve in finding.Aliases.Prepend(finding.Id).Concat(finding.Related).Where(n => AdvisoryName.IsCve(n)).Distinct(StringComparer.Ordinal))
        {
            var facts = database.FactsOf(cve);
            finding = finding with
            {
                ExploitedSince = Earlier(finding.ExploitedSince, facts.ExploitedSince),
                Likelihood = finding.Likelihood > facts.Likelihood ? finding.Likelihood : facts.Likelihood ?? finding.Likelihood,
                Exploitation = finding.Exploitation ?? facts.Exploitation,
            };
            // A bulletin is not rated by what one of its vulnerabilities is rated.
            if (facts.Vector is not null && !finding.Related.Contains(cve)) finding = Rated(finding, facts);
        }

        return finding;
    }

    private static Finding Rated(Finding finding, CveFacts facts)
    {
        var severity = facts.Score is { } score ? Cvss.Cvss3.Rating(score) : Severity.Unknown;
        var rated = finding with { Ratings = [.. finding.Ratings.Append(new Rating(Cisa, severity, facts.Score, facts.Vector)).Distinct()] };
        if (rated.Vector is null) rated = rated with { Vector = facts.Vector, Score = facts.Score };
        return rated.Severity != Severity.Unknown || severity == Severity.Unknown ? rated : rated with { Severity = severity, SeveritySource = Cisa };
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) => left is null || right < left ? right ?? left : left;
}
