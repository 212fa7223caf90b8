namespace Strata.Vulnerabilities.Osv;

/// <summary>OSV schema, <c>severity[]</c>: the type (<c>CVSS_V3</c>) and the score (a vector, or a word for some types).</summary>
internal sealed record OsvSeverity(string Type, string Score);
