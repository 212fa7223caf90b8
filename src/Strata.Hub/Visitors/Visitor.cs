namespace Strata.Hub;

/// <summary>Who looks at the hub's pages.</summary>
/// <param name="Account">The account that has signed in; null for nobody.</param>
/// <param name="Visible">Which repositories may be shown; null for all.</param>
public sealed record Visitor(string? Account, Predicate<string>? Visible)
{
    public bool MaySee(string repository) => Visible?.Invoke(repository) != false;
}
