using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Strata.Hub;

/// <summary>
/// Sessions of people who have signed in with a browser. A session is a token of the hub's own, in a cookie: nothing is kept here, and it
/// ends with the password that was shown for it, with the account, or by itself. It is for pages only: nobody can pull or push with it.
/// </summary>
internal sealed class Sessions(TokenSigner signer, CredentialCheck credentials, Callers callers, Permissions permissions, Challenges challenges, TimeProvider time)
{
    private const string Cookie = "strata-hub-session";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public async ValueTask<Visitor?> FindAsync(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } text || await signer.ReadAsync(text).ConfigureAwait(false) is not { } token) return null;
        var now = time.GetUtcNow();
        if (token.Audience != AudienceOf(context) || now < token.NotBefore || now >= token.Expires) return null;
        if (callers.Recall(token.Account, token.Credential) is not { IsNobody: false } caller) return null;
        callers.KnownAs(caller).SetOn(context);
        return new Visitor(caller.Name, name => permissions.Of(caller, name).HasFlag(RepositoryRights.Pull));
    }

    /// <inheritdoc cref="Visitors.SignInAsync"/>
    public async ValueTask<TimeSpan?> BeginAsync(HttpContext context, string user, string password)
    {
        var answer = await credentials.CheckAsync(user, password, context.Connection.RemoteIpAddress, context.RequestAborted).ConfigureAwait(false);
        if (answer.IsThrottled) return answer.RetryAfter;
        if (answer.Caller is not { } caller) return null;
        var now = time.GetUtcNow();
        var token = signer.Sign(new TokenClaims(
            TokenSigner.Issuer, caller.Name, AudienceOf(context), (now + Lifetime).ToUnixTimeSeconds(), now.ToUnixTimeSeconds(), now.ToUnixTimeSeconds(),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), caller.Credential, Access: []));
        context.Response.Cookies.Append(Cookie, token, Options(context));
        return TimeSpan.Zero;
    }

    public void End(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context));

    // No registry has a space in its name, so that no client's token is a session, and no session a client's token.
    private string AudienceOf(HttpContext context) => challenges.ServiceOf(context.Request.Host.Value ?? "") + " pages";

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        // Lax, and not Strict: who follows a link from elsewhere is still signed in. Nothing is changed by a link.
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/",
    };
}
