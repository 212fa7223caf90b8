using Strata.Oci;
using Strata.Vulnerabilities.Matching;

namespace Strata.Hub;

/// <summary>What the hub knows of an image that a tag leads to.</summary>
public sealed record ImageScan
{
    public required Digest Manifest { get; init; }

    /// <summary>A repository that has it; there may be others.</summary>
    public required string Repository { get; init; }

    public ImageScanState State { get; init; }

    /// <summary>Why it could not be read; null where it could, or was not tried.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was read, or given up.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>What a comparison with the advisories gave; null where it was not read, or the advisories could not be.</summary>
    public KeptResult? Result { get; init; }

    /// <summary>All of it in one word.</summary>
    public ImageScanOutcome Outcome => this switch
    {
        { State: ImageScanState.Waiting } => ImageScanOutcome.Waiting,
        { State: ImageScanState.Unreadable } => ImageScanOutcome.Unreadable,
        { State: ImageScanState.Incomplete } => ImageScanOutcome.Incomplete,
        { Result: null } => ImageScanOutcome.DataUnreadable,
        { Result.State: ScanState.NoDatabase } => ImageScanOutcome.NoData,
        { Result.State: ScanState.NoDataForDistribution } => ImageScanOutcome.NoDataForDistribution,
        { Result.State: ScanState.NoPackages } => ImageScanOutcome.NoPackages,
        _ => ImageScanOutcome.Scanned,
    };

    /// <summary>Nothing is tried before; null for at once.</summary>
    internal DateTimeOffset? NotBefore { get; init; }

    /// <summary>The layer without which it cannot be read; null where it is not known which.</summary>
    internal Digest? Missing { get; init; }
}
