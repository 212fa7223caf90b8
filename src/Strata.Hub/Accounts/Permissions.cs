namespace Strata.Hub;

/// <summary>What a caller may do with a repository, decided from the accounts as they are now.</summary>
internal sealed class Permissions(AccountBook book, AuthOptions options)
{
    public RepositoryRights Of(Caller caller, string repository)
    {
        var state = book.State;
        var rights = IsPublic(state, repository) ? RepositoryRights.Pull : RepositoryRights.None;
        return caller.IsNobody ? rights : rights | (Owned(state, caller, repository) & Reached(caller.Reach));
    }

    public bool IsPublic(string repository) => IsPublic(book.State, repository);

    private bool IsPublic(AccountState state, string repository) => Namespaces.IsOfficial(repository)
        || (state.Visibilities.TryGetValue(repository, out var said) ? said : options.DefaultVisibility) == Visibility.Public;

    private static RepositoryRights Owned(AccountState state, Caller caller, string repository)
    {
        if (caller.IsPublisher) return Namespaces.IsOfficial(repository) ? RepositoryRights.Change : RepositoryRights.None;
        if (!state.Accounts.TryGetValue(caller.Name, out var account)) return RepositoryRights.None;
        if (account.IsAdministrator) return RepositoryRights.All;
        var owner = Namespaces.OwnerOf(repository);
        if (owner == account.Name) return RepositoryRights.All;
        if (!state.Organisations.TryGetValue(owner, out var organisation) || !organisation.Members.TryGetValue(account.Name, out var role))
            return RepositoryRights.None;
        return role switch
        {
            Role.Owner => RepositoryRights.All,
            Role.Editor => RepositoryRights.Change,
            _ => RepositoryRights.Pull,
        };
    }

    private static RepositoryRights Reached(TokenReach reach) => reach switch
    {
        TokenReach.Admin => RepositoryRights.All,
        TokenReach.Write => RepositoryRights.Change,
        _ => RepositoryRights.Pull,
    };
}
