namespace Strata.Vulnerabilities.Osv;

/// <summary>OSV schema, <c>ranges[]</c> of type ECOSYSTEM or SEMVER; GIT ranges are about commits and not kept.</summary>
internal sealed record OsvRange(IReadOnlyList<OsvEvent> Events);
