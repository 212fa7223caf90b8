namespace Strata.Vulnerabilities.Versions;

/// <summary>How a version stands to another.</summary>
public enum VersionRelation
{
    /// <summary>One of the two is no version of the ecosystem; there is no answer.</summary>
    Unknown,
    Before,
    Equal,
    After,
}
