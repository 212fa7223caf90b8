using Microsoft.AspNetCore.Http;

namespace Strata.Hub;

/// <summary>Lets those into the accounts' API who show a user name and a password, or a personal access token of the scope admin.</summary>
internal sealed class AccountGate(AccountBook book, CredentialCheck credentials)
{
    public RequestDelegate Guard(Func<AccountRequest, Task> next, bool administrators = false) => async context =>
    {
        var header = context.Request.Headers.Authorization;
        if (!BasicCredentials.TryParse(header.ToString(), out var given) || given.IsNobody)
        {
            await UnauthorizedAsync(context).ConfigureAwait(false);
            return;
        }
        var answer = await credentials.CheckAsync(given.User, given.Password, context.Connection.RemoteIpAddress, context.RequestAborted).ConfigureAwait(false);
        if (answer.IsThrottled)
        {
            await Respond.ThrottledAsync(context, answer.RetryAfter).ConfigureAwait(false);
            return;
        }
        if (answer.Caller is not { } caller || book.Find(caller.Name) is not { } account)
        {
            await UnauthorizedAsync(context).ConfigureAwait(false);
            return;
        }
        var request = new AccountRequest(context, account);
        if (caller.Reach != TokenReach.Admin || (administrators && !account.IsAdministrator)) await request.ForbidAsync().ConfigureAwait(false);
        else await next(request).ConfigureAwait(false);
    };

    private static Task UnauthorizedAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"Strata hub\"";
        return Respond.WrongCredentialsAsync(context);
    }
}
