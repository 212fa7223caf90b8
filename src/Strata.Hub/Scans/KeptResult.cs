using Strata.Vulnerabilities;
using Strata.Vulnerabilities.Matching;

namespace Strata.Hub;

/// <summary>A comparison of an image with the advisories, in numbers.</summary>
public sealed record KeptResult
{
    /// <summary>Which advisory data it was; see <see cref="AdvisoryFile"/>.</summary>
    public required string Data { get; init; }

    public required ScanState State { get; init; }

    /// <summary>Every severity is named.</summary>
    public required IReadOnlyDictionary<Severity, int> Counts { get; init; }

    /// <summary>Findings for which there is a version with a fix.</summary>
    public int Fixable { get; init; }

    /// <summary>Records that could not be compared.</summary>
    public int Undecided { get; init; }

    /// <summary>Packages of whose kind there is no data.</summary>
    public int WithoutData { get; init; }

    /// <summary>When the advisory data was last updated; null without any.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>When they were compared.</summary>
    public required DateTimeOffset Matched { get; init; }

    public int Findings => Counts.Values.Sum();

    internal static KeptResult Of(ScanResult result, string data, DateTimeOffset now) => new()
    {
        Data = data,
        State = result.State,
        Counts = result.Counts,
        Fixable = result.Findings.Count(f => f.FixedVersion is not null),
        Undecided = result.Undecided.Count,
        WithoutData = result.PackagesWithoutData,
        Updated = result.Updated,
        Matched = now,
    };
}
