namespace Strata.Vulnerabilities.Matching;

/// <summary>Whether a version is affected, and by which rule.</summary>
/// <param name="IsAffected">Null when a version that decides is none.</param>
/// <param name="Fixed">The first version that is not affected; null when there is none.</param>
/// <param name="Why">The rule in words, to follow "NAME VERSION"; or why there is no answer.</param>
internal sealed record Verdict(bool? IsAffected, string? Fixed, string Why)
{
    public static Verdict NotAffected { get; } = new(IsAffected: false, Fixed: null, "is not affected");
}
