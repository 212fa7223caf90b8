using Microsoft.AspNetCore.Http;

namespace Strata.Hub;

internal sealed partial class AccountEndpoints
{
    private const int LongestTokenName = 128;
    private const int MostDays = 3650;

    private Task ListTokensAsync(AccountRequest request)
    {
        var user = request.Route("user");
        if (!request.MayManage(user)) return request.ForbidAsync();
        return book.Find(user) is { } account
            ? request.AnswerAsync([.. account.Tokens.Select(t => ToDetails(t))], HubJson.Default.TokenDetailsArray)
            : request.AnswerAsync(AccountOutcome.Unknown, user);
    }

    private async Task AddTokenAsync(AccountRequest request)
    {
        var user = request.Route("user");
        if (!request.MayManage(user))
        {
            await request.ForbidAsync().ConfigureAwait(false);
            return;
        }
        if (await request.BodyAsync(HubJson.Default.NewToken).ConfigureAwait(false) is not { } body) return;
        var name = body.Name ?? "";
        if (name.Trim().Length == 0 || name.Length > LongestTokenName || name.Any(char.IsControl)
            || !Words.TryParse<TokenReach>(body.Scope ?? "read", out var reach) || body.ExpiresInDays is < 1 or > MostDays)
        {
            await request.RefuseAsync(StatusCodes.Status400BadRequest, "The token is not valid",
                $"name must have 1 to {LongestTokenName} characters, scope must be read, write or admin, expires_in_days 1 to {MostDays}").ConfigureAwait(false);
            return;
        }
        DateTimeOffset? expires = body.ExpiresInDays is { } days ? time.GetUtcNow().AddDays(days) : null;
        var outcome = book.AddToken(user, name, reach, expires, out var token, out var secret);
        await (token is null
            ? request.AnswerAsync(outcome, outcome == AccountOutcome.NameTaken ? name : user)
            : request.AnswerAsync(ToDetails(token, secret), HubJson.Default.TokenDetails, StatusCodes.Status201Created)).ConfigureAwait(false);
    }

    private Task RemoveTokenAsync(AccountRequest request)
    {
        var user = request.Route("user");
        return request.MayManage(user) ? request.AnswerAsync(book.RemoveToken(user, request.Route("id")), request.Route("id")) : request.ForbidAsync();
    }

    private static TokenDetails ToDetails(PersonalToken token, string? secret = null) =>
        new(token.Id, token.Name, Words.Of(token.Reach), token.Created, token.Expires, token.LastUsed, secret);
}
