namespace Strata.Vulnerabilities.Advisories;

/// <summary>What is said of a CVE beside the advisories. Each may be missing.</summary>
/// <param name="ExploitedSince">The day on which CISA put it among the known exploited ones.</param>
/// <param name="Likelihood">EPSS, 0 to 1.</param>
/// <param name="Score">CVSS base score.</param>
/// <param name="Vector">CVSS vector.</param>
/// <param name="Exploitation">SSVC: <c>none</c>, <c>poc</c>, <c>active</c>.</param>
internal sealed record CveFacts(DateTimeOffset? ExploitedSince, double? Likelihood, double? Score, string? Vector, string? Exploitation)
{
    public static CveFacts Nothing { get; } = new(ExploitedSince: null, Likelihood: null, Score: null, Vector: null, Exploitation: null);
}
