using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>Asks the authorizer and turns a refusal into the fault that the client gets.</summary>
internal sealed class Gate(IRegistryAuthorizer authorizer)
{
    public async ValueTask<RegistryFault?> CheckAsync(
        HttpContext context, RegistryAction action, string? repository, string asked, DateTimeOffset? uploadStarted)
    {
        var request = RequestOf(context, action, repository) with { Asked = asked, UploadStarted = uploadStarted };
        var answer = await authorizer.AuthorizeAsync(request, context.RequestAborted).ConfigureAwait(false);
        answer.Caller?.SetOn(context);
        if (answer.Decision == AccessDecision.Allowed) return null;
        var headers = context.Response.Headers;
        if (authorizer.Challenge(context.Request, request, answer.Decision) is { } challenge) headers.WWWAuthenticate = challenge;
        if (answer.Decision != AccessDecision.Throttled) return RegistryFault.Of(answer.Decision, repository);
        var seconds = (int)Math.Ceiling(answer.RetryAfter.TotalSeconds);
        headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return RegistryFault.Throttled(seconds);
    }

    public async ValueTask<bool> MayAsync(HttpContext context, RegistryAction action, string repository)
    {
        var answer = await authorizer.AuthorizeAsync(RequestOf(context, action, repository), context.RequestAborted).ConfigureAwait(false);
        return answer.Decision == AccessDecision.Allowed;
    }

    /// <summary>Whether a blob of <paramref name="from"/> may be mounted into a repository. Where another token would do, the client is told to get it.</summary>
    public async ValueTask<(bool May, RegistryFault? Refused)> MayMountAsync(HttpContext context, string repository, string from)
    {
        var answer = await authorizer.AuthorizeAsync(RequestOf(context, RegistryAction.Mount, from), context.RequestAborted).ConfigureAwait(false);
        if (answer.Decision != AccessDecision.InsufficientScope) return (answer.Decision == AccessDecision.Allowed, null);
        // The challenge of the push names both repositories.
        var push = RequestOf(context, RegistryAction.Push, repository);
        if (authorizer.Challenge(context.Request, push, answer.Decision) is { } challenge) context.Response.Headers.WWWAuthenticate = challenge;
        return (false, RegistryFault.Of(answer.Decision, from));
    }

    /// <inheritdoc cref="IRegistryAuthorizer.VisibleAsync"/>
    public ValueTask<Predicate<string>?> VisibleAsync(HttpContext context) =>
        authorizer.VisibleAsync(RequestOf(context, RegistryAction.List, repository: null), context.RequestAborted);

    /// <summary>See <see cref="IRegistryAuthorizer.Challenge"/>.</summary>
    public void Invite(HttpContext context)
    {
        var request = RequestOf(context, RegistryAction.Enter, repository: null);
        if (authorizer.Challenge(context.Request, request, AccessDecision.Allowed) is { } challenge) context.Response.Headers.WWWAuthenticate = challenge;
    }

    private static AccessRequest RequestOf(HttpContext context, RegistryAction action, string? repository)
    {
        var header = context.Request.Headers.Authorization;
        return new AccessRequest(action, repository, header.Count == 0 ? null : header.ToString())
        {
            Asked = repository ?? "",
            Host = context.Request.Host.Value ?? "",
            Address = context.Connection.RemoteIpAddress,
        };
    }
}
