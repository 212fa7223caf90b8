namespace Strata.Vulnerabilities.Matching;

/// <summary>Whether there was anything to compare with. Only <see cref="Scanned"/> with no findings means that none is known.</summary>
public enum ScanState
{
    /// <summary>There is no advisory database: it was never updated.</summary>
    NoDatabase,

    /// <summary>The image names no distribution, or the database has no record about it.</summary>
    NoDataForDistribution,

    /// <summary>No package was found that could be compared.</summary>
    NoPackages,

    /// <summary>The packages were compared with the records of the image's distribution.</summary>
    Scanned,
}
