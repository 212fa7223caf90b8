namespace Strata.Vulnerabilities.Osv;

/// <summary>OSV schema, <c>events[]</c>: what happens at a version.</summary>
internal sealed record OsvEvent(OsvEventKind Kind, string Version);
