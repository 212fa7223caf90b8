using Microsoft.AspNetCore.Http;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>
/// A hub with accounts. A request comes with a token of the hub's token service, or with a user name and password; without either it may see
/// and pull what is public. What a token says is held against the accounts as they are now: who was removed is out at once.
/// </summary>
internal sealed class AccountsAuthorizer(
    TokenSigner signer, Callers callers, CredentialCheck credentials, Permissions permissions, Challenges challenges,
    RegistryOptions registry, TimeProvider time) : IRegistryAuthorizer
{
    private const string BearerScheme = "Bearer ";

    public async ValueTask<AccessAnswer> AuthorizeAsync(AccessRequest request, CancellationToken cancellationToken)
    {
        if (TokenIn(request) is { } text) return ByToken(request, await signer.ReadAsync(text).ConfigureAwait(false));
        var answer = await CallerAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.IsThrottled) return new AccessAnswer(AccessDecision.Throttled, RetryAfter: answer.RetryAfter);
        return answer.Caller is { } caller ? new AccessAnswer(ByCaller(request, caller), KnownAs(caller)) : AccessDecision.Unauthenticated;
    }

    public string? Challenge(HttpRequest http, AccessRequest request, AccessDecision decision) =>
        decision is AccessDecision.Allowed or AccessDecision.Denied or AccessDecision.Throttled ? null : challenges.Build(http, request, decision);

    public async ValueTask<Predicate<string>?> VisibleAsync(AccessRequest request, CancellationToken cancellationToken)
    {
        if (TokenIn(request) is { } text)
        {
            if (await signer.ReadAsync(text).ConfigureAwait(false) is not { } token || CallerOf(request, token) is not { } bearer) return static _ => false;
            return token.CoversCatalog
                ? name => permissions.Of(bearer, name).HasFlag(RepositoryRights.Pull)
                : name => permissions.IsPublic(name) || (token.Covers(name, "pull") && permissions.Of(bearer, name).HasFlag(RepositoryRights.Pull));
        }
        var answer = await CallerAsync(request, cancellationToken).ConfigureAwait(false);
        return answer.Caller is { } caller ? name => permissions.Of(caller, name).HasFlag(RepositoryRights.Pull) : static _ => false;
    }

    private AccessDecision ByCaller(AccessRequest request, Caller caller)
    {
        if (request.Action == RegistryAction.Administer)
            return caller.IsNobody ? AccessDecision.Unauthenticated : permissions.MayAdminister(caller) ? AccessDecision.Allowed : AccessDecision.Denied;
        if (request.Repository is { } repository && permissions.Of(caller, repository).HasFlag(RightFor(request.Action))) return AccessDecision.Allowed;
        if (caller.IsNobody) return AccessDecision.Unauthenticated;
        return request.Repository is null ? AccessDecision.Allowed : AccessDecision.Denied;
    }

    private AccessAnswer ByToken(AccessRequest request, VerifiedToken? token)
    {
        if (token is null || CallerOf(request, token) is not { } caller) return AccessDecision.InvalidToken;
        var covered = request switch
        {
            { Action: RegistryAction.Enter } => true,
            { Action: RegistryAction.List } => token.CoversCatalog,
            // No scope says it: it takes a password, or a personal access token of the scope admin.
            { Action: RegistryAction.Administer } => false,
            // What anybody may read, anybody may link.
            { Action: RegistryAction.Mount } when permissions.IsPublic(request.Repository!) => true,
            _ => token.Covers(request.Asked, WordFor(request.Action)) && permissions.Of(caller, request.Repository!).HasFlag(RightFor(request.Action)),
        };
        if (covered) return new AccessAnswer(AccessDecision.Allowed, KnownAs(caller));
        // No other token would do for a mount from where the account may not read, and the client has another way.
        var hopeless = request.Action == RegistryAction.Mount && !permissions.Of(caller, request.Repository!).HasFlag(RepositoryRights.Pull);
        return new AccessAnswer(hopeless ? AccessDecision.Denied : AccessDecision.InsufficientScope, KnownAs(caller));
    }

    private RegistryCaller? KnownAs(Caller caller) => caller.IsNobody ? null : callers.KnownAs(caller);

    /// <summary>Who bears the token; null when it is not good here and now, or what it was given for is not.</summary>
    private Caller? CallerOf(AccessRequest request, VerifiedToken token)
    {
        var now = time.GetUtcNow();
        if (now < token.NotBefore || token.Audience != challenges.ServiceOf(request.Host)) return null;
        return now < token.Expires || GoesOn(request, token, now) ? callers.Recall(token.Account, token.Credential) : null;
    }

    /// <summary>
    /// An upload that began while the token was good may go on with it for as long as uploads live: a large layer on a slow line takes longer
    /// than a token, and its client finds out at the very end. Account, credential and rights must be good all the same.
    /// </summary>
    private bool GoesOn(AccessRequest request, VerifiedToken token, DateTimeOffset now) =>
        request.UploadStarted is { } started && started >= token.NotBefore && started < token.Expires && now < started + registry.UploadLifetime;

    private async ValueTask<CredentialAnswer> CallerAsync(AccessRequest request, CancellationToken cancellationToken)
    {
        if (request.Authorization is not { } header) return new(Caller.Nobody);
        if (!BasicCredentials.TryParse(header, out var given)) return default;
        if (given.IsNobody) return new(Caller.Nobody);
        return await credentials.CheckAsync(given.User, given.Password, request.Address, cancellationToken).ConfigureAwait(false);
    }

    private static string? TokenIn(AccessRequest request) =>
        request.Authorization is { } header && header.StartsWith(BearerScheme, StringComparison.OrdinalIgnoreCase) ? header[BearerScheme.Length..].Trim() : null;

    private static RepositoryRights RightFor(RegistryAction action) => action switch
    {
        RegistryAction.Push => RepositoryRights.Push,
        RegistryAction.Delete => RepositoryRights.Delete,
        _ => RepositoryRights.Pull,
    };

    private static string WordFor(RegistryAction action) => action switch
    {
        RegistryAction.Push => "push",
        RegistryAction.Delete => "delete",
        _ => "pull",
    };
}
