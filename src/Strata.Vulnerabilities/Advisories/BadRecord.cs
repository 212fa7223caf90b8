namespace Strata.Vulnerabilities.Advisories;

/// <summary>A record that could not be used.</summary>
/// <param name="File">The file; one inside a zip is <c>all.zip!NAME</c>.</param>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
/// <param name="Reason">One sentence for a person.</param>
public sealed record BadRecord(string File, int Line, string Reason);
