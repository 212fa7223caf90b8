using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>Asks the authorizer and turns a refusal into the fault that the client gets.</summary>
internal sealed class Gate(IRegistryAuthorizer authorizer)
{
    public async ValueTask<RegistryFault?> CheckAsync(HttpContext context, RegistryAction action, string? repository)
    {
        var decision = await DecideAsync(context, action, repository).ConfigureAwait(false);
        if (decision == AccessDecision.Allowed) return null;
        if (decision == AccessDecision.Denied) return RegistryFault.Denied(repository);
        if (authorizer.Challenge is { } challenge) context.Response.Headers.WWWAuthenticate = challenge;
        return RegistryFault.Unauthorized();
    }

    public async ValueTask<bool> MayAsync(HttpContext context, RegistryAction action, string repository) =>
        await DecideAsync(context, action, repository).ConfigureAwait(false) == AccessDecision.Allowed;

    /// <summary>See <see cref="IRegistryAuthorizer.Challenge"/>.</summary>
    public void Invite(HttpContext context)
    {
        if (authorizer.Challenge is { } challenge) context.Response.Headers.WWWAuthenticate = challenge;
    }

    private ValueTask<AccessDecision> DecideAsync(HttpContext context, RegistryAction action, string? repository)
    {
        var header = context.Request.Headers.Authorization;
        return authorizer.AuthorizeAsync(
            new AccessRequest(action, repository, header.Count == 0 ? null : header.ToString()), context.RequestAborted);
    }
}
