namespace Strata.Hub;

// Times are milliseconds since 1970, UTC. The columns are read and written by plain SQL; what they mean is said at Account, PersonalToken,
// Organisation and RefreshTokens.
internal sealed class AccountRow
{
    public required string Name { get; init; }

    public required string Password { get; init; }

    public required string PasswordVersion { get; init; }

    public bool IsAdministrator { get; init; }

    public long Created { get; init; }
}

internal sealed class PersonalTokenRow
{
    public required string Id { get; init; }

    public required string Account { get; init; }

    public required string Name { get; init; }

    public required string Hash { get; init; }

    /// <summary>read, write or admin.</summary>
    public required string Reach { get; init; }

    public long Created { get; init; }

    public long? Expires { get; init; }

    public long? LastUsed { get; init; }
}

internal sealed class OrganisationRow
{
    public required string Name { get; init; }

    public long Created { get; init; }
}

internal sealed class MemberRow
{
    public required string Organisation { get; init; }

    public required string Account { get; init; }

    /// <summary>owner, editor or reader.</summary>
    public required string Role { get; init; }
}

internal sealed class VisibilityRow
{
    public required string Repository { get; init; }

    /// <summary>public or private.</summary>
    public required string Visibility { get; init; }
}

internal sealed class RefreshTokenRow
{
    /// <summary>SHA-256 of the token.</summary>
    public required string Hash { get; init; }

    public required string Account { get; init; }

    public required string Credential { get; init; }

    /// <summary>What the client calls itself.</summary>
    public required string Client { get; init; }

    public long Created { get; init; }

    public long LastUsed { get; init; }
}

internal sealed class AccountSchemaRow
{
    public int Version { get; init; }
}
