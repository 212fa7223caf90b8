namespace Strata.Vulnerabilities.Osv;

internal enum OsvEventKind
{
    Introduced,
    Fixed,
    LastAffected,
    Limit,

    /// <summary>Not of OSV: affected are the versions after this one, and it is not. Other publishers have such ranges.</summary>
    IntroducedAfter,
}
