using System.Collections.Immutable;

namespace Strata.Hub;

internal sealed partial class AccountBook
{
    public AccountOutcome AddOrganisation(string name)
    {
        if (!AccountName.IsValid(name)) return AccountOutcome.NameInvalid;
        lock (_turn)
        {
            if (IsTaken(name)) return AccountOutcome.NameTaken;
            var organisation = new Organisation(name, Now(), ImmutableSortedDictionary.Create<string, Role>(StringComparer.Ordinal));
            _database.Write(new Change("INSERT INTO organisations (name, created) VALUES (@p0, @p1)", name, Milliseconds(organisation.Created)));
            Set(organisation);
            return AccountOutcome.Done;
        }
    }

    /// <summary>Its repositories stay; only administrators can change them then.</summary>
    public AccountOutcome RemoveOrganisation(string name)
    {
        lock (_turn)
        {
            if (!_state.Organisations.ContainsKey(name)) return AccountOutcome.Unknown;
            _database.Write(
                new Change("DELETE FROM organisation_members WHERE organisation = @p0", name),
                new Change("DELETE FROM organisations WHERE name = @p0", name));
            _state = _state with { Organisations = _state.Organisations.Remove(name) };
            return AccountOutcome.Done;
        }
    }

    public AccountOutcome SetMember(string name, string user, Role role)
    {
        lock (_turn)
        {
            if (!_state.Organisations.TryGetValue(name, out var organisation) || Find(user) is null) return AccountOutcome.Unknown;
            _database.Write(new Change(
                "INSERT INTO organisation_members (organisation, account, role) VALUES (@p0, @p1, @p2) ON CONFLICT (organisation, account) DO UPDATE SET role = excluded.role",
                name, user, Words.Of(role)));
            Set(organisation with { Members = organisation.Members.SetItem(user, role) });
            return AccountOutcome.Done;
        }
    }

    public AccountOutcome RemoveMember(string name, string user)
    {
        lock (_turn)
        {
            if (!_state.Organisations.TryGetValue(name, out var organisation) || !organisation.Members.ContainsKey(user)) return AccountOutcome.Unknown;
            _database.Write(new Change("DELETE FROM organisation_members WHERE organisation = @p0 AND account = @p1", name, user));
            Set(organisation with { Members = organisation.Members.Remove(user) });
            return AccountOutcome.Done;
        }
    }

    private void Set(Organisation organisation) => _state = _state with { Organisations = _state.Organisations.SetItem(organisation.Name, organisation) };
}
