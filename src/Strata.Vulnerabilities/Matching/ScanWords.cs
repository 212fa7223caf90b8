using Strata.Packages;
using Strata.Packages.Distributions;
using Strata.Vulnerabilities.Advisories;

namespace Strata.Vulnerabilities.Matching;

/// <summary>The state of a scan in a sentence for a person.</summary>
internal static class ScanWords
{
    public const string NoDatabase =
        "There is no advisory data yet, so nothing is known about vulnerabilities. Fetch it with 'strata advisories update'.";

    public static string NoPackages(ImagePackages packages) => packages.Faults.Count == 0
        ? "No package database was found, so there was nothing to compare; software that was copied in is not seen."
        : "The package database could not be read, so there was nothing to compare.";

    public static string NoData(Distribution? distribution, ImagePackages packages, AdvisoryStatus status)
    {
        if (distribution is null && packages.Packages.Any(p => Ecosystems.IsOfDistribution(p.Type))) return "The image names no distribution (it has no os-release), so its packages could not be compared.";
        var wanted = distribution is null ? [] : Ecosystems.Of(distribution);
        var name = wanted.Count > 0 ? wanted[0] : distribution?.PrettyName ?? distribution?.Id ?? packages.Packages[0].Type;
        var known = status.Ecosystems.Count == 0 ? "" : $" It has records for {Shown(status.Ecosystems)}.";
        return $"The advisory data has no records for {name}, so nothing is known about vulnerabilities.{known}";
    }

    public static string Scanned(int packages, IReadOnlyList<EcosystemCoverage> coverage, IReadOnlyList<MissingData> missing)
    {
        var compared = $"Compared {packages} packages with {coverage.Sum(c => c.Records)} records of {string.Join(" and ", coverage.Select(c => c.Ecosystem))}.";
        return missing.Count == 0 ? compared : $"{compared} No data for {string.Join(", ", missing.Select(m => $"{m.Name} ({m.Packages})"))}.";
    }

    public static string Owned(Finding finding) =>
        $"it is part of the OS package {finding.Packages[0].OwnedBy}, which its distribution mends without a new version of {finding.SourceName}";

    private static string Shown(IReadOnlyList<EcosystemCoverage> ecosystems)
    {
        const int Most = 6;
        var names = string.Join(", ", ecosystems.Take(Most).Select(e => e.Ecosystem));
        return ecosystems.Count > Most ? $"{names} and {ecosystems.Count - Most} more" : names;
    }
}
