namespace Strata.Hub;

/// <summary>What a caller may do with a repository, decided from the accounts as they are now.</summary>
internal sealed class Permissions(AccountBook book, HubOptions options)
{
    public RepositoryRights Of(Caller caller, string repository)
    {
        var state = book.State;
        var rights = IsPublic(state, repository) ? RepositoryRights.Pull : RepositoryRights.None;
        return caller.IsNobody ? rights : rights | (Owned(state, caller, repository) & Reached(caller.Reach));
    }

    public bool IsPublic(string repository) => IsPublic(book.State, repository);

    public bool MayAdminister(Caller caller) =>
        caller.IsPublisher || (caller.Reach == TokenReach.Admin && book.State.Accounts.TryGetValue(caller.Name, out var account) && account.IsAdministrator);

    /// <summary>True when the caller may pull what a mirror has under this name, which a client may ask for without the mirror's.</summary>
    public bool MayPullMirrored(Caller caller, string repository) =>
        options.Mirrors.Any(m => Of(caller, $"{m.Name}/{repository}").HasFlag(RepositoryRights.Pull));

    private bool IsPublic(AccountState state, string repository) => Namespaces.IsOfficial(repository)
        || (state.Visibilities.TryGetValue(repository, out var said) ? said : options.Auth.DefaultVisibility) == Visibility.Public;

    private RepositoryRights Owned(AccountState state, Caller caller, string repository)
    {
        if (caller.IsPublisher) return Namespaces.IsOfficial(repository) ? RepositoryRights.Change : RepositoryRights.None;
        if (!state.Accounts.TryGetValue(caller.Name, out var account)) return RepositoryRights.None;
        if (account.IsAdministrator) return RepositoryRights.All;
        // What is fetched from elsewhere is for all who have an account here.
        if (options.Mirrors.Any(m => repository.StartsWith(m.Name + "/", StringComparison.Ordinal))) return RepositoryRights.Pull;
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
