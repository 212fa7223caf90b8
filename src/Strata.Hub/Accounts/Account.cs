using System.Collections.Immutable;

namespace Strata.Hub;

/// <summary>A user. An instance never changes; a change makes a new one.</summary>
internal sealed record Account
{
    public required string Name { get; init; }

    /// <summary>As <see cref="PasswordHash"/> writes it.</summary>
    public required string Password { get; init; }

    /// <summary>Random, another one with each new password: what was given for an old one ends with it.</summary>
    public required string PasswordVersion { get; init; }

    public bool IsAdministrator { get; init; }

    public required DateTimeOffset Created { get; init; }

    public ImmutableArray<PersonalToken> Tokens { get; init; } = [];
}
