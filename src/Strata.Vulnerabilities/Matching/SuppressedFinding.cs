namespace Strata.Vulnerabilities.Matching;

/// <summary>A finding that does not count.</summary>
/// <param name="Finding">What a record said.</param>
/// <param name="Reason">Why it does not count, in one sentence for a person.</param>
/// <param name="By">Who says so: <c>distribution</c>, or the file that decides.</param>
public sealed record SuppressedFinding(Finding Finding, string Reason, string By);
