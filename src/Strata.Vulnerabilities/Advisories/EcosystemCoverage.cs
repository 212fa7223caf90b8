namespace Strata.Vulnerabilities.Advisories;

/// <summary>How much the database knows of one ecosystem.</summary>
/// <param name="Ecosystem">As OSV names it: <c>Debian:12</c>.</param>
/// <param name="Records">Records that count (not withdrawn).</param>
/// <param name="Packages">Different packages that they are about.</param>
/// <param name="Newest">The newest <c>modified</c> among them.</param>
public sealed record EcosystemCoverage(string Ecosystem, long Records, long Packages, DateTimeOffset? Newest);
