namespace Strata.Hub;

// The bodies of /api/v1/accounts/…; scripts rely on the names.
internal sealed record UserAnswer(string Name, bool Administrator, DateTimeOffset Created, int Tokens);

internal sealed record NewUser(string? Name, string? Password, bool Administrator);

internal sealed record NewPassword(string? Password);

/// <param name="Scope">read, write or admin.</param>
/// <param name="Token">The token itself: only in the answer to the request that made it.</param>
internal sealed record TokenDetails(
    string Id, string Name, string Scope, DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? LastUsed, string? Token = null);

/// <param name="ExpiresInDays">1 to 3650; null for one that does not expire.</param>
internal sealed record NewToken(string? Name, string? Scope, int? ExpiresInDays);

internal sealed record OrganisationAnswer(string Name, DateTimeOffset Created, IReadOnlyDictionary<string, string> Members);

internal sealed record NewOrganisation(string? Name);

internal sealed record MemberRole(string? Role);

internal sealed record RepositoryVisibility(string? Visibility, string? Name = null);
