namespace Strata.Vulnerabilities.Matching;

/// <summary>One judgement of how bad it is.</summary>
/// <param name="Source">Who judges: the record's id, or the name of a database.</param>
/// <param name="Severity">By the vector, or by the word where there is no vector.</param>
/// <param name="Score">CVSS base score, 0.0 to 10.0.</param>
/// <param name="Vector">CVSS vector of any version.</param>
public sealed record Rating(string Source, Severity Severity, double? Score, string? Vector);
