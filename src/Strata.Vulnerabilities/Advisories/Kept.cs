namespace Strata.Vulnerabilities.Advisories;

/// <summary>What became of a record.</summary>
internal enum Kept
{
    Added,
    Replaced,
    Older,
}
