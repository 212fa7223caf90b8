using Microsoft.AspNetCore.Http;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>Lets a request to the hub's API in on the registry's terms: wrong credentials are 401 here too.</summary>
internal sealed class HubGate(IRegistryAuthorizer authorizer)
{
    public RequestDelegate Guard(RequestDelegate next) => async context =>
    {
        var header = context.Request.Headers.Authorization;
        var request = new AccessRequest(RegistryAction.Enter, Repository: null, header.Count == 0 ? null : header.ToString());
        if (await authorizer.AuthorizeAsync(request, context.RequestAborted).ConfigureAwait(false) == AccessDecision.Allowed)
        {
            await next(context).ConfigureAwait(false);
            return;
        }
        if (authorizer.Challenge is { } challenge) context.Response.Headers.WWWAuthenticate = challenge;
        await Respond.ProblemAsync(
            context, StatusCodes.Status401Unauthorized, "Wrong credentials", "the user or the password is wrong").ConfigureAwait(false);
    };
}
