namespace Strata.Vulnerabilities.Osv;

internal enum OsvEventKind
{
    Introduced,
    Fixed,
    LastAffected,
    Limit,
}
