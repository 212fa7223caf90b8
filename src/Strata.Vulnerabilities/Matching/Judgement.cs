namespace Strata.Vulnerabilities.Matching;

/// <summary>What the database says of one source package.</summary>
/// <param name="Findings">One for each vulnerability.</param>
/// <param name="Undecided">Records that could not be compared with it.</param>
internal sealed record Judgement(IReadOnlyList<Finding> Findings, IReadOnlyList<Undecided> Undecided);
