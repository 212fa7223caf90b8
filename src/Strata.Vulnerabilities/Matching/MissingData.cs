namespace Strata.Vulnerabilities.Matching;

/// <summary>Packages about which nothing is known, since the database has no record of their ecosystem.</summary>
/// <param name="Name">The ecosystem as OSV names it, or the kind of package where OSV has none.</param>
/// <param name="Packages">How many.</param>
public sealed record MissingData(string Name, int Packages);
