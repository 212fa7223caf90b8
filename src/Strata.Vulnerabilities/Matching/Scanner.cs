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
    public ScanResult Scan(AdvisoryDatabase? database, ImagePackages packages, CancellationToken cancellationToken) =>
        database is null ? Without(ScanState.NoDatabase, ScanWords.NoDatabase, packages) : Scan(new Judge(database), packages, cancellationToken);

    /// <summary>
    /// Scans many lists of packages, one after the other as they are asked for: what one image has in common with another is compared once.
    /// </summary>
    /// <param name="databasePath">There may be none.</param>
    /// <param name="images">What is scanned, with whatever tells the caller which it is.</param>
    /// <exception cref="AdvisoryDatabaseException">The file is there, but is no advisory database that can be used.</exception>
    public IEnumerable<(T Image, ScanResult Result)> ScanAll<T>(string databasePath, IEnumerable<(T Image, ImagePackages Packages)> images, CancellationToken cancellationToken)
    {
        using var database = AdvisoryDatabase.Open(databasePath);
        var judge = database is null ? null : new Judge(database);
        foreach (var (image, packages) in images)
            yield return (image, judge is null ? Without(ScanState.NoDatabase, ScanWords.NoDatabase, packages) : Scan(judge, packages, cancellationToken));
    }

    /// <summary>Adds to findings that were kept without it what their records say at length.</summary>
    /// <exception cref="AdvisoryDatabaseException">The file is there, but is no advisory database that can be used.</exception>
    public ScanResult Described(string databasePath, ScanResult kept)
    {
        using var database = AdvisoryDatabase.Open(databasePath);
        return database is null ? kept : kept with { Findings = [.. kept.Findings.Select(f => Described(f, database))] };
    }

    private static Finding Described(Finding finding, AdvisoryDatabase database)
    {
        StoredRecord[] records = [.. finding.OtherRecords.Prepend(finding.RecordId).Select(database.RecordOf).OfType<StoredRecord>()];
        return finding with
        {
            Details = Array.Find(records, r => r.Text.Details is not null)?.Text.Details,
            References = [.. records.SelectMany(r => r.Text.References ?? []).Distinct(StringComparer.Ordinal)],
        };
    }

    private ScanResult Scan(Judge judge, ImagePackages packages, CancellationToken cancellationToken)
    {
        var database = judge.Database;
        var updated = database.Updated();
        var age = clock.GetUtcNow() - updated;
        var distribution = packages.Distribution ?? PurlDistribution.Of(packages.Packages);
        var subjects = new Subjects(packages.Packages, distribution, database.EcosystemNames);
        EcosystemCoverage[] coverage = [.. subjects.UsedEcosystems.Select(database.CoverageOf).OfType<EcosystemCoverage>().OrderBy(c => c.Ecosystem, StringComparer.Ordinal)];
        var result = packages.Packages.Count == 0 ? Without(ScanState.NoPackages, ScanWords.NoPackages(packages), packages)
            : subjects.All.Count == 0 ? Without(ScanState.NoDataForDistribution, ScanWords.NoData(distribution, packages, database.Status()), packages)
            : Match(judge, packages, distribution, subjects, coverage, cancellationToken);
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
        Judge judge, ImagePackages packages, Distribution? distribution, Subjects subjects, EcosystemCoverage[] coverage, CancellationToken cancellationToken)
    {
        var (findings, undecided) = Find(judge, subjects, cancellationToken);
        // What an OS package brought is judged by its distribution, which mends without a new version: told, but not counted.
        var (owned, _) = Find(judge, new Subjects(packages.Owned, distribution, judge.Database.EcosystemNames), cancellationToken);
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
        Judge judge, Subjects subjects, CancellationToken cancellationToken)
    {
        var (findings, undecided) = (new List<Finding>(), new List<Undecided>());
        foreach (var source in subjects.All.GroupBy(s => (s.Packages[0].Type, s.Name, s.Version)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var judgement = judge.Of([.. source]);
            findings.AddRange(judgement.Findings);
            undecided.AddRange(judgement.Undecided);
        }

        return (Ordered(findings), undecided);
    }

    private static IReadOnlyList<Finding> Ordered(IEnumerable<Finding> findings) =>
    [
        .. findings.OrderByDescending(f => f.Severity)
            .ThenBy(f => f.Id, StringComparer.Ordinal)
            .ThenBy(f => f.SourceName, StringComparer.Ordinal)
            .ThenBy(f => f.SourceVersion, StringComparer.Ordinal),
    ];

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
