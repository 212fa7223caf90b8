namespace Strata.Vulnerabilities.Matching;

/// <summary>A record about an installed package that could not be compared.</summary>
/// <param name="SourceName">The package that the record is about.</param>
/// <param name="SourceVersion">Its installed version.</param>
/// <param name="RecordId">The record.</param>
/// <param name="Reason">One sentence for a person.</param>
public sealed record Undecided(string SourceName, string SourceVersion, string RecordId, string Reason);
