using Strata.Packages;
using Strata.Vulnerabilities.Advisories;
using Strata.Vulnerabilities.Versions;

namespace Strata.Vulnerabilities.Matching;

/// <summary>Compares installed packages with an advisory database.</summary>
public sealed class Scanner(TimeProvider clock)
{
    private static readonly Severity[] WorstFirst = [.. Enum.GetValues<Severity>().OrderDescending()];

    /// <summary>Opens the database at <paramref name="databasePath"/> (there may be none), scans, and closes it.</summary>
    /// <exception cref="AdvisoryDatabaseException">The file is there, but is no advisory database that can be used.</exception>
    public ScanResult Scan(string databasePath, ImagePackages packages, CancellationToken cancellationToken)
    {
        using var database = AdvisoryDatabase.Open(databasePath);
        return Scan(database, packages, cancellationToken);
    }

    /// <summary>As above with an open database; null says that there is none.</summary>
    /// <exception cref="AdvisoryDatabaseException">The file is damaged.</exception>
    public ScanResult Scan(AdvisoryDatabase? database, ImagePackages packages, CancellationToken cancellationToken)
    {
        if (database is null) return Without(ScanState.NoDatabase, ScanWords.NoDatabase, packages);
        var updated = database.Updated();
        var age = clock.GetUtcNow() - updated;
        var coverage = packages.Distribution is null ? [] : Coverage(database, packages);
        var result = packages.Packages.Count == 0 ? Without(ScanState.NoPackages, ScanWords.NoPackages(packages), packages)
            : coverage.Length == 0 ? Without(ScanState.NoDataForDistribution, ScanWords.NoData(packages.Distribution, database.Status()), packages)
            : Match(database, packages, coverage, cancellationToken);
        return result with
        {
            Coverage = coverage,
            Updated = updated,
            DataDate = coverage.Max(c => c.Newest),
            Age = age < TimeSpan.Zero ? TimeSpan.Zero : age,
        };
    }

    private static ScanResult Match(
        AdvisoryDatabase database, ImagePackages packages, EcosystemCoverage[] coverage, CancellationToken cancellationToken)
    {
        var ofDistribution = packages.Packages.Where(p => p.Type == "deb").ToArray();
        var sources = SourcePackage.Of(ofDistribution).ToArray();
        var findings = new List<Finding>();
        var undecided = new List<Undecided>();
        foreach (var ecosystem in coverage.Select(c => c.Ecosystem))
        {
            var matcher = new Matcher(database, ecosystem, VersionOrders.For(ecosystem));
            foreach (var source in sources)
            {
                cancellationToken.ThrowIfCancellationRequested();
                matcher.Match(source);
            }

            findings.AddRange(matcher.Findings);
            undecided.AddRange(matcher.Undecided);
        }

        var merged = FindingMerge.Of(findings);
        return new ScanResult
        {
            State = ScanState.Scanned,
            Explanation = ScanWords.Scanned(ofDistribution.Length, coverage),
            Distribution = packages.Distribution,
            Findings = merged,
            Counts = Count(merged),
            Undecided = undecided,
            PackagesChecked = ofDistribution.Length,
            PackagesWithoutData = packages.Packages.Count - ofDistribution.Length,
            Faults = packages.Faults,
        };
    }

    private static EcosystemCoverage[] Coverage(AdvisoryDatabase database, ImagePackages packages) =>
        [.. Ecosystems.Of(packages.Distribution!).Select(database.CoverageOf).OfType<EcosystemCoverage>()];

    private static ScanResult Without(ScanState state, string explanation, ImagePackages packages) => new()
    {
        State = state,
        Explanation = explanation,
        Distribution = packages.Distribution,
        Counts = Count([]),
        PackagesWithoutData = packages.Packages.Count,
        Faults = packages.Faults,
    };

    private static OrderedDictionary<Severity, int> Count(IReadOnlyList<Finding> findings)
    {
        var counts = new OrderedDictionary<Severity, int>();
        foreach (var severity in WorstFirst) counts.Add(severity, findings.Count(f => f.Severity == severity));
        return counts;
    }
}
