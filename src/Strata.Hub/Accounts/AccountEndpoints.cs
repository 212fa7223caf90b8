using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Strata.Hub;

/// <summary><c>/api/v1/accounts/…</c>: users, their tokens, organisations, and who may see a repository.</summary>
internal sealed partial class AccountEndpoints(AccountBook book, Permissions permissions, FirstAdministrator first, AccountGate gate, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        const string users = "/api/v1/accounts/users";
        endpoints.MapGet(users, gate.Guard(ListUsersAsync));
        endpoints.MapPost(users, gate.Guard(AddUserAsync, administrators: true));
        endpoints.MapDelete(users + "/{user}", gate.Guard(RemoveUserAsync, administrators: true));
        endpoints.MapPut(users + "/{user}/password", gate.Guard(SetPasswordAsync));
        endpoints.MapGet(users + "/{user}/tokens", gate.Guard(ListTokensAsync));
        endpoints.MapPost(users + "/{user}/tokens", gate.Guard(AddTokenAsync));
        endpoints.MapDelete(users + "/{user}/tokens/{id}", gate.Guard(RemoveTokenAsync));

        const string organisations = "/api/v1/accounts/organisations";
        endpoints.MapGet(organisations, gate.Guard(ListOrganisationsAsync));
        endpoints.MapPost(organisations, gate.Guard(AddOrganisationAsync, administrators: true));
        endpoints.MapDelete(organisations + "/{organisation}", gate.Guard(RemoveOrganisationAsync, administrators: true));
        endpoints.MapPut(organisations + "/{organisation}/members/{user}", gate.Guard(SetMemberAsync));
        endpoints.MapDelete(organisations + "/{organisation}/members/{user}", gate.Guard(RemoveMemberAsync));

        const string repositories = "/api/v1/accounts/repositories/{**name}";
        endpoints.MapGet(repositories, gate.Guard(GetVisibilityAsync));
        endpoints.MapPut(repositories, gate.Guard(SetVisibilityAsync));
    }

    private Task ListUsersAsync(AccountRequest request) => request.AnswerAsync(
        [.. book.State.Accounts.Values.Where(a => request.MayManage(a.Name)).Select(ToAnswer)], HubJson.Default.UserAnswerArray);

    private async Task AddUserAsync(AccountRequest request)
    {
        if (await request.BodyAsync(HubJson.Default.NewUser).ConfigureAwait(false) is not { } body) return;
        var name = body.Name ?? "";
        var outcome = book.AddUser(name, body.Password ?? "", body.Administrator);
        await (outcome == AccountOutcome.Done
            ? request.AnswerAsync(ToAnswer(book.Find(name)!), HubJson.Default.UserAnswer, StatusCodes.Status201Created)
            : request.AnswerAsync(outcome, name)).ConfigureAwait(false);
    }

    private Task RemoveUserAsync(AccountRequest request)
    {
        var name = request.Route("user");
        var outcome = book.RemoveUser(name);
        if (outcome == AccountOutcome.Done) first.Changed(name);
        return request.AnswerAsync(outcome, name);
    }

    private async Task SetPasswordAsync(AccountRequest request)
    {
        var name = request.Route("user");
        if (!request.MayManage(name))
        {
            await request.ForbidAsync().ConfigureAwait(false);
            return;
        }
        if (await request.BodyAsync(HubJson.Default.NewPassword).ConfigureAwait(false) is not { } body) return;
        var outcome = book.SetPassword(name, body.Password ?? "");
        if (outcome == AccountOutcome.Done) first.Changed(name);
        await request.AnswerAsync(outcome, name).ConfigureAwait(false);
    }

    private static UserAnswer ToAnswer(Account account) => new(account.Name, account.IsAdministrator, account.Created, account.Tokens.Length);
}
