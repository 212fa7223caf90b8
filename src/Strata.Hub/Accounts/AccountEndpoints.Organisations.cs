using Microsoft.AspNetCore.Http;
using Strata.Oci;

namespace Strata.Hub;

internal sealed partial class AccountEndpoints
{
    private Task ListOrganisationsAsync(AccountRequest request) => request.AnswerAsync(
        [.. book.State.Organisations.Values.Where(o => request.Account.IsAdministrator || o.Members.ContainsKey(request.Account.Name))
            .Select(o => new OrganisationAnswer(o.Name, o.Created, o.Members.ToDictionary(m => m.Key, m => Words.Of(m.Value), StringComparer.Ordinal)))],
        HubJson.Default.OrganisationAnswerArray);

    private async Task AddOrganisationAsync(AccountRequest request)
    {
        if (await request.BodyAsync(HubJson.Default.NewOrganisation).ConfigureAwait(false) is { } body)
            await request.AnswerAsync(book.AddOrganisation(body.Name ?? ""), body.Name ?? "").ConfigureAwait(false);
    }

    private Task RemoveOrganisationAsync(AccountRequest request) =>
        request.AnswerAsync(book.RemoveOrganisation(request.Route("organisation")), request.Route("organisation"));

    private async Task SetMemberAsync(AccountRequest request)
    {
        var (organisation, user) = (request.Route("organisation"), request.Route("user"));
        if (!MayLead(request, organisation))
        {
            await request.ForbidAsync().ConfigureAwait(false);
            return;
        }
        if (await request.BodyAsync(HubJson.Default.MemberRole).ConfigureAwait(false) is not { } body) return;
        await (Words.TryParse<Role>(body.Role, out var role)
            ? request.AnswerAsync(book.SetMember(organisation, user, role), $"{organisation}/{user}")
            : request.RefuseAsync(StatusCodes.Status400BadRequest, "The role is not valid", "it must be owner, editor or reader")).ConfigureAwait(false);
    }

    private Task RemoveMemberAsync(AccountRequest request)
    {
        var (organisation, user) = (request.Route("organisation"), request.Route("user"));
        return MayLead(request, organisation) || request.Account.Name == user
            ? request.AnswerAsync(book.RemoveMember(organisation, user), $"{organisation}/{user}")
            : request.ForbidAsync();
    }

    private Task GetVisibilityAsync(AccountRequest request)
    {
        var name = request.Route("name");
        return permissions.Of(Callers.Of(request.Account), name).HasFlag(RepositoryRights.Pull)
            ? AnswerVisibilityAsync(request, name)
            : request.AnswerAsync(AccountOutcome.Unknown, name);
    }

    private async Task SetVisibilityAsync(AccountRequest request)
    {
        var name = request.Route("name");
        if (!permissions.Of(Callers.Of(request.Account), name).HasFlag(RepositoryRights.Manage))
        {
            await request.ForbidAsync().ConfigureAwait(false);
            return;
        }
        if (await request.BodyAsync(HubJson.Default.RepositoryVisibility).ConfigureAwait(false) is not { } body) return;
        if (!ReferenceGrammar.IsRepository(name) || Namespaces.IsOfficial(name) || !Words.TryParse<Visibility>(body.Visibility, out var visibility))
        {
            await request.RefuseAsync(StatusCodes.Status400BadRequest, "The visibility is not valid",
                $"it must be public or private, of a repository outside {Namespaces.Official}/, which is always public").ConfigureAwait(false);
            return;
        }
        book.SetVisibility(name, visibility);
        await AnswerVisibilityAsync(request, name).ConfigureAwait(false);
    }

    private Task AnswerVisibilityAsync(AccountRequest request, string name) => request.AnswerAsync(
        new RepositoryVisibility(Words.Of(permissions.IsPublic(name) ? Visibility.Public : Visibility.Private), name), HubJson.Default.RepositoryVisibility);

    private bool MayLead(AccountRequest request, string organisation) => request.Account.IsAdministrator
        || (book.State.Organisations.TryGetValue(organisation, out var its) && its.Members.TryGetValue(request.Account.Name, out var role) && role == Role.Owner);
}
