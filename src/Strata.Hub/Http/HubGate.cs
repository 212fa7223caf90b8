using Microsoft.AspNetCore.Http;
using Strata.Oci;
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
        if (await MayAsync(context, request).ConfigureAwait(false)) await next(context).ConfigureAwait(false);
    };

    /// <summary>Lets only those in who may do something: to a repository that the route names, or to the hub as a whole.</summary>
    public RequestDelegate Require(RegistryAction action, RequestDelegate next) => async context =>
    {
        var repository = context.Request.RouteValues["name"] as string;
        if (repository is not null && !ReferenceGrammar.IsRepository(repository))
        {
            await Respond.ProblemAsync(
                context, StatusCodes.Status400BadRequest, "The name is not valid",
                "a repository's name has lowercase letters and digits, separated by '/', '.', '_', '__' or '-'").ConfigureAwait(false);
            return;
        }
        var request = RequestOf(context) with { Action = action, Repository = repository, Asked = repository ?? "" };
        if (await MayAsync(context, request).ConfigureAwait(false)) await next(context).ConfigureAwait(false);
    };

    /// <summary>The namespace that the route names.</summary>
    public static string NamespaceOf(HttpContext context) => context.Request.RouteValues["space"] as string ?? "";

    public static Task RefuseNamespaceAsync(HttpContext context) => Respond.ProblemAsync(
        context, StatusCodes.Status400BadRequest, "The name is not valid",
        "a namespace is the first part of repositories' names: lowercase letters and digits, separated by '.', '_', '__' or '-'");

    /// <summary>Lets only those in who may do something with any repository of the namespace that the route names.</summary>
    public RequestDelegate RequireIn(RegistryAction action, RequestDelegate next) => async context =>
    {
        var name = NamespaceOf(context);
        if (!RepositoryNamespace.IsOne(name))
        {
            await RefuseNamespaceAsync(context).ConfigureAwait(false);
            return;
        }
        // Rights are of whole namespaces: what holds for one repository, whether or not it exists, holds for all.
        var any = $"{name}/any";
        if (await MayAsync(context, RequestOf(context) with { Action = action, Repository = any, Asked = any }).ConfigureAwait(false))
            await next(context).ConfigureAwait(false);
    };

    /// <summary>False when the request was refused, and answered.</summary>
    private async ValueTask<bool> MayAsync(HttpContext context, AccessRequest request)
    {
        var answer = await authorizer.AuthorizeAsync(request, context.RequestAborted).ConfigureAwait(false);
        if (answer.Decision == AccessDecision.Allowed) return true;
        if (authorizer.Challenge(context.Request, request, answer.Decision) is { } challenge) context.Response.Headers.WWWAuthenticate = challenge;
        await (answer.Decision switch
        {
            AccessDecision.Throttled => Respond.ThrottledAsync(context, answer.RetryAfter),
            AccessDecision.Denied => Respond.ProblemAsync(context, StatusCodes.Status403Forbidden, "Not allowed", "this account may not do that"),
            _ => Respond.WrongCredentialsAsync(context),
        }).ConfigureAwait(false);
        return false;
    }

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
