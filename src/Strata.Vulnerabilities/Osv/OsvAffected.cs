namespace Strata.Vulnerabilities.Osv;

/// <summary>OSV schema, <c>affected[]</c>: which versions of one package of one ecosystem.</summary>
/// <param name="Ecosystem">With the release: <c>Debian:12</c>.</param>
/// <param name="Name">The source package, for distributions.</param>
/// <param name="Versions">What matching needs.</param>
internal sealed record OsvAffected(string Ecosystem, string Name, OsvVersions Versions);
