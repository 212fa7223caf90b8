using Strata.Packages;
using Strata.Packages.Distributions;
using Strata.Vulnerabilities.Advisories;

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
        var distribution = packages.Distribution ?? PurlDistribution.Of(packages.Packages);
        var subjects = new Subjects(packages.Packages, distribution, database.EcosystemNames);
        EcosystemCoverage[] coverage = [.. subjects.UsedEcosystems.Select(database.CoverageOf).OfType<EcosystemCoverage>().OrderBy(c => c.Ecosystem, StringComparer.Ordinal)];
        var result = packages.Packages.Count == 0 ? Without(ScanState.NoPackages, ScanWords.NoPackages(packages), packages)
            : subjects.All.Count == 0 ? Without(ScanState.NoDataForDistribution, ScanWords.NoData(distribution, packages, database.Status()), packages)
            : Match(database, packages, distribution, subjects, coverage, cancellationToken);
        return result with
        {
            Distribution = distribution,
            WithoutData = subjects.Missing,
            Coverage = coverage,
            Updated = updated,
            DataDate = coverage.Max(c => c.Newest),
            Age = age < TimeSpan.Zero ? TimeSpan.Zero : age,
        };
    }

    /// <summary>Findings per severity, every severity named, worst first.</summary>
    internal static OrderedDictionary<Severity, int> Count(IReadOnlyList<Finding> findings)
    {
        var counts = new OrderedDictionary<Severity, int>();
        foreach (var severity in WorstFirst) counts.Add(severity, findings.Count(f => f.Severity == severity));
        return counts;
    }

    private static ScanResult Match(
        AdvisoryDatabase database, ImagePackages packages, Distribution? distribution, Subjects subjects, EcosystemCoverage[] coverage, CancellationToken cancellationToken)
    {
        var (findings, undecided) = Find(database, subjects, cancellationToken);
        // What an OS package brought is judged by its distribution, which mends without a new version: told, but not counted.
        var (owned, _) = Find(database, new Subjects(packages.Owned, distribution, database.EcosystemNames), cancellationToken);
        return new ScanResult
        {
            State = ScanState.Scanned,
            Explanation = ScanWords.Scanned(subjects.Checked, coverage, subjects.Missing),
            Findings = findings,
            Counts = Count(findings),
            Undecided = undecided,
            Suppressed = [.. owned.Select(f => new SuppressedFinding(f, ScanWords.Owned(f), "distribution"))],
            PackagesChecked = subjects.Checked,
            PackagesWithoutData = packages.Packages.Count - subjects.Checked,
            Faults = packages.Faults,
        };
    }

    private static (IReadOnlyList<Finding> Findings, IReadOnlyList<Undecided> Undecided) Find(
        AdvisoryDatabase database, Subjects subjects, CancellationToken cancellationToken)
    {
        var matcher = new Matcher(database);
        foreach (var subject in subjects.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            matcher.Match(subject);
        }

        return (FindingMerge.Of(FindingMerge.Of(matcher.Findings).Select(f => Enrichment.Of(f, database))), matcher.Undecided);
    }

    private static ScanResult Without(ScanState state, string explanation, ImagePackages packages) => new()
    {
        State = state,
        Explanation = explanation,
        Distribution = packages.Distribution,
        Counts = Count([]),
        PackagesWithoutData = packages.Packages.Count,
        Faults = packages.Faults,
    };
}
