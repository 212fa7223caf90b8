using System.Collections.Immutable;

namespace Strata.Hub;

/// <summary>All accounts at one moment. An instance never changes, so what reads it needs no lock.</summary>
internal sealed record AccountState
{
    public ImmutableSortedDictionary<string, Account> Accounts { get; init; } = ImmutableSortedDictionary.Create<string, Account>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, Organisation> Organisations { get; init; } =
        ImmutableSortedDictionary.Create<string, Organisation>(StringComparer.Ordinal);

    /// <summary>Of the repositories of which somebody has said.</summary>
    public ImmutableDictionary<string, Visibility> Visibilities { get; init; } = ImmutableDictionary.Create<string, Visibility>(StringComparer.Ordinal);
}
