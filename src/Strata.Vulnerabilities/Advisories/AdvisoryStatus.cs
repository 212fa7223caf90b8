namespace Strata.Vulnerabilities.Advisories;

/// <summary>What the local advisory database holds, and how old it is.</summary>
public sealed record AdvisoryStatus
{
    public required bool Exists { get; init; }

    public required string Path { get; init; }

    /// <summary>In bytes; 0 when there is none.</summary>
    public long Size { get; init; }

    /// <summary>When the last update was made.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>Records that count, over all sources; withdrawn ones do not.</summary>
    public long Records { get; init; }

    /// <summary>Records that are kept but never match.</summary>
    public long Withdrawn { get; init; }

    /// <summary>The date of the newest record.</summary>
    public DateTimeOffset? Newest { get; init; }

    public IReadOnlyList<AdvisorySource> Sources { get; init; } = [];

    /// <summary>Ordered by ecosystem.</summary>
    public IReadOnlyList<EcosystemCoverage> Ecosystems { get; init; } = [];
}
