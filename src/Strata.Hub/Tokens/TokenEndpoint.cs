using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Strata.Hub;

/// <summary>
/// The token service: <c>GET /token</c> by distribution's token spec, with a user name and password or nobody's; <c>POST /token</c> by its
/// OAuth2 variant, with a password or a refresh token.
/// </summary>
internal sealed class TokenEndpoint(TokenService tokens, RefreshTokens refreshTokens, CredentialCheck credentials, Challenges challenges)
{
    private const int MostFormBytes = 64 * 1024;

    public async Task GetAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var header = context.Request.Headers.Authorization;
        var given = new BasicCredentials("", "");
        if (header.Count > 0 && !BasicCredentials.TryParse(header.ToString(), out given))
        {
            await RefuseAsync(context, "the token service takes a user name and password (Basic), or nothing").ConfigureAwait(false);
            return;
        }
        var answer = given.IsNobody ? new CredentialAnswer(Caller.Nobody)
            : await credentials.CheckAsync(given.User, given.Password, context.Connection.RemoteIpAddress, context.RequestAborted).ConfigureAwait(false);
        if (await CallerAsync(context, answer, "wrong user name or password").ConfigureAwait(false) is not { } caller) return;
        var refresh = query["offline_token"] == "true" && !caller.IsNobody ? refreshTokens.Create(caller, query["client_id"].ToString()) : null;
        await AnswerAsync(context, caller, query["service"].ToString(), query["scope"], refresh).ConfigureAwait(false);
    }

    public async Task PostAsync(HttpContext context)
    {
        if (await FormAsync(context).ConfigureAwait(false) is not { } form) return;
        switch (form["grant_type"].ToString())
        {
            case "password":
                var answer = await credentials.CheckAsync(
                    form["username"].ToString(), form["password"].ToString(), context.Connection.RemoteIpAddress, context.RequestAborted).ConfigureAwait(false);
                if (await CallerAsync(context, answer, "wrong user name or password").ConfigureAwait(false) is not { } user) return;
                var refresh = form["access_type"] == "offline" ? refreshTokens.Create(user, form["client_id"].ToString()) : null;
                await AnswerAsync(context, user, form["service"].ToString(), form["scope"], refresh).ConfigureAwait(false);
                break;
            case "refresh_token":
                var secret = form["refresh_token"].ToString();
                var found = new CredentialAnswer(refreshTokens.Use(secret));
                if (await CallerAsync(context, found, "the refresh token is not good any more; log in again").ConfigureAwait(false) is not { } caller) return;
                await AnswerAsync(context, caller, form["service"].ToString(), form["scope"], secret).ConfigureAwait(false);
                break;
            default:
                await BadAsync(context, "unsupported_grant_type", "grant_type must be password or refresh_token").ConfigureAwait(false);
                break;
        }
    }

    private static async Task<IFormCollection?> FormAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostFormBytes;
        try
        {
            if (context.Request.HasFormContentType) return await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            // A form that is too large, or broken.
        }
        await BadAsync(context, "invalid_request", "the body must be a form (application/x-www-form-urlencoded) of at most 64 KiB").ConfigureAwait(false);
        return null;
    }

    private async Task AnswerAsync(HttpContext context, Caller caller, string service, IEnumerable<string?> scopes, string? refreshToken)
    {
        var own = challenges.ServiceOf(context.Request.Host.Value ?? "");
        if (service.Length > 0 && service != own)
        {
            await BadAsync(context, "invalid_request", $"this is the token service of {own}, and of no other").ConfigureAwait(false);
            return;
        }
        NeverKeep(context);
        await Respond.JsonAsync(context, tokens.Issue(caller, own, ResourceScope.ParseAll(scopes), refreshToken), HubJson.Default.TokenAnswer).ConfigureAwait(false);
    }

    /// <summary>Null when the request has been answered with a refusal.</summary>
    private static async Task<Caller?> CallerAsync(HttpContext context, CredentialAnswer answer, string refusal)
    {
        if (answer.IsThrottled) await ThrottleAsync(context, answer.RetryAfter).ConfigureAwait(false);
        else if (answer.Caller is null) await RefuseAsync(context, refusal).ConfigureAwait(false);
        return answer.Caller;
    }

    private static Task RefuseAsync(HttpContext context, string message)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"Strata hub\"";
        return WriteAsync(context, "UNAUTHORIZED", "invalid_grant", message);
    }

    private static Task ThrottleAsync(HttpContext context, TimeSpan wait)
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return WriteAsync(context, "TOOMANYREQUESTS", "slow_down", $"too many wrong passwords; try again in {Respond.RetryAfter(context, wait)} s");
    }

    private static Task BadAsync(HttpContext context, string error, string message)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return WriteAsync(context, "UNSUPPORTED", error, message);
    }

    private static Task WriteAsync(HttpContext context, string code, string error, string message)
    {
        NeverKeep(context);
        return Respond.JsonAsync(context, new TokenRefusal([new TokenError(code, message)], error, message), HubJson.Default.TokenRefusal);
    }

    private static void NeverKeep(HttpContext context) => context.Response.Headers.CacheControl = "no-store";
}
