namespace Strata.Hub;

/// <summary>The answer of <c>/api/v1/vulnerabilities/NAME</c>.</summary>
/// <param name="Images">One for each platform that is here; one for what is no index.</param>
internal sealed record VulnerabilitiesAnswer(string Name, string? Tag, string Digest, IReadOnlyList<ImageVulnerabilities> Images);

/// <summary>What is known of one image.</summary>
/// <param name="State">One of <see cref="ScanWord"/>; only <c>scanned</c> without findings means that none is known.</param>
/// <param name="Reason">Why it could not be read, or compared; null where it was.</param>
internal sealed record ImageVulnerabilities(string Digest, string? Platform, string State, string? Reason)
{
    public DateTimeOffset? ReadAt { get; init; }

    public DateTimeOffset? MatchedAt { get; init; }

    /// <summary>When the advisory data was last updated.</summary>
    public DateTimeOffset? DataUpdated { get; init; }

    /// <summary>False while the advisories that have come since are still to be compared.</summary>
    public bool? IsCurrent { get; init; }

    /// <summary>All findings by severity, whatever was asked for.</summary>
    public IReadOnlyDictionary<string, int>? Counts { get; init; }

    public int? Fixable { get; init; }

    public IReadOnlyList<FindingAnswer>? Findings { get; init; }

    public IReadOnlyList<UndecidedAnswer>? Undecided { get; init; }

    public IReadOnlyList<NoDataAnswer>? WithoutData { get; init; }
}

internal sealed record FindingAnswer(
    string Id,
    IReadOnlyList<string> Aliases,
    string Severity,
    string? SeveritySource,
    double? Score,
    string? Vector,
    string Package,
    string Version,
    string? FixedVersion,
    string FixState,
    double? Epss,
    DateTimeOffset? ExploitedSince,
    string? Summary,
    string Record,
    string Database,
    string Ecosystem,
    string Rule,
    IReadOnlyList<FoundIn> Packages);

/// <param name="Layer">0 for the base; null where nobody knows.</param>
internal sealed record FoundIn(string Name, string Version, string Type, string Purl, string Location, int? Layer, string? LayerDiffId);

internal sealed record UndecidedAnswer(string Package, string Version, string Record, string Reason);

internal sealed record NoDataAnswer(string Ecosystem, int Packages);

/// <summary>Of a tag in <c>/api/v1/repositories/NAME</c>.</summary>
/// <param name="State">One of <see cref="ScanWord"/>.</param>
/// <param name="Platform">Of several platforms, the one that is counted.</param>
/// <param name="Counts">Findings by severity; null where nothing was compared.</param>
internal sealed record TagVulnerabilities(string State, string? Platform, IReadOnlyDictionary<string, int>? Counts);
