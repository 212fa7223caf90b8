using Strata.Packages;
using Strata.Packages.Distributions;
using Strata.Vulnerabilities.Advisories;

namespace Strata.Vulnerabilities.Matching;

/// <summary>The answer of a scan: a state first, then findings.</summary>
public sealed record ScanResult
{
    public required ScanState State { get; init; }

    /// <summary>The state in one sentence for a person: why there is no data and what to do, or what was compared with what.</summary>
    public required string Explanation { get; init; }

    public Distribution? Distribution { get; init; }

    /// <summary>Worst severity first, then by id, then by package (ordinal). Empty unless <see cref="ScanState.Scanned"/>.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Findings per severity, every severity named, worst first.</summary>
    public required IReadOnlyDictionary<Severity, int> Counts { get; init; }

    /// <summary>What could not be decided, because a version is none; at least as important as a finding.</summary>
    public IReadOnlyList<Undecided> Undecided { get; init; } = [];

    /// <summary>What does not count, with the reason for each.</summary>
    public IReadOnlyList<SuppressedFinding> Suppressed { get; init; } = [];

    /// <summary>What the database has no record of: nothing is known about these packages, which is not that nothing was found.</summary>
    public IReadOnlyList<MissingData> WithoutData { get; init; } = [];

    /// <summary>The ecosystems that were compared with, and how much the database knows of them.</summary>
    public IReadOnlyList<EcosystemCoverage> Coverage { get; init; } = [];

    /// <summary>Packages that were compared with the database.</summary>
    public int PackagesChecked { get; init; }

    /// <summary>Packages for whose ecosystem there is no data; nothing is known about them.</summary>
    public int PackagesWithoutData { get; init; }

    /// <summary>When the database was last updated; null without one.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>The date of the newest record about the image's ecosystems; null without one.</summary>
    public DateTimeOffset? DataDate { get; init; }

    /// <summary>From <see cref="Updated"/> to the scan; never negative.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>What the catalogue of packages could not read: the scan may have missed packages.</summary>
    public IReadOnlyList<CatalogFault> Faults { get; init; } = [];
}
