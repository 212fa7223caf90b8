namespace Strata.Hub;

/// <summary>What there is to say of an image's vulnerabilities: only of one that is scanned, whether it has any.</summary>
public enum ImageScanOutcome
{
    Waiting,
    Unreadable,
    Incomplete,

    /// <summary>It was read, and the advisories could not be.</summary>
    DataUnreadable,
    NoData,
    NoDataForDistribution,
    NoPackages,
    Scanned,
}
