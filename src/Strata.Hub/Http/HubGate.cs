using Microsoft.AspNetCore.Http;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>
/// Lets a request to the hub's API in on the registry's terms: wrong credentials are 401 here too, and nobody's are welcome, to see what is public.
/// </summary>
internal sealed class HubGate(IRegistryAuthorizer authorizer)
{
    public RequestDelegate Guard(RequestDelegate next) => async context =>
    {
        var request = RequestOf(context);
        if (request.Authorization is null || (BasicCredentials.TryParse(request.Authorization, out var given) && given.IsNobody))
        {
            await next(context).ConfigureAwait(false);
            return;
        }
        var answer = await authorizer.AuthorizeAsync(request, context.RequestAborted).ConfigureAwait(false);
        if (answer.Decision == AccessDecision.Allowed)
        {
            await next(context).ConfigureAwait(false);
            return;
        }
        if (authorizer.Challenge(context.Request, request, answer.Decision) is { } challenge) context.Response.Headers.WWWAuthenticate = challenge;
        await (answer.Decision == AccessDecision.Throttled ? Respond.ThrottledAsync(context, answer.RetryAfter) : Respond.WrongCredentialsAsync(context)).ConfigureAwait(false);
    };

    /// <inheritdoc cref="IRegistryAuthorizer.VisibleAsync"/>
    public ValueTask<Predicate<string>?> VisibleAsync(HttpContext context) => authorizer.VisibleAsync(RequestOf(context), context.RequestAborted);

    private static AccessRequest RequestOf(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        return new AccessRequest(RegistryAction.Enter, Repository: null, header.Count == 0 ? null : header.ToString())
        {
            Host = context.Request.Host.Value ?? "",
            Address = context.Connection.RemoteIpAddress,
        };
    }
}
