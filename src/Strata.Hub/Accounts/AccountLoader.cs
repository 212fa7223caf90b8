using System.Collections.Immutable;
using System.Data.Common;

namespace Strata.Hub;

/// <summary>Reads all accounts at the start: a few hundred bytes each, so a hub of ten thousand holds them in a few megabytes.</summary>
internal static class AccountLoader
{
    public static AccountState Load(AccountDatabase database)
    {
        var tokens = database.Read("SELECT account, id, name, hash, reach, created, expires, last_used FROM personal_tokens", static r => (
            Account: r.GetString(0),
            Token: new PersonalToken
            {
                Id = r.GetString(1),
                Name = r.GetString(2),
                Hash = r.GetString(3),
                Reach = Word<TokenReach>(r, 4),
                Created = Time(r, 5),
                Expires = r.IsDBNull(6) ? null : Time(r, 6),
                LastUsed = r.IsDBNull(7) ? null : Time(r, 7),
            })).ToLookup(t => t.Account, t => t.Token, StringComparer.Ordinal);
        var accounts = database.Read("SELECT name, password, password_version, administrator, created FROM accounts", r => new Account
        {
            Name = r.GetString(0),
            Password = r.GetString(1),
            PasswordVersion = r.GetString(2),
            IsAdministrator = r.GetBoolean(3),
            Created = Time(r, 4),
            Tokens = [.. tokens[r.GetString(0)]],
        });
        var members = database.Read("SELECT organisation, account, role FROM organisation_members", static r => (r.GetString(0), r.GetString(1), Role: Word<Role>(r, 2)))
            .ToLookup(m => m.Item1, m => KeyValuePair.Create(m.Item2, m.Role), StringComparer.Ordinal);
        var organisations = database.Read("SELECT name, created FROM organisations", r => new Organisation(
            r.GetString(0), Time(r, 1), members[r.GetString(0)].ToImmutableSortedDictionary(StringComparer.Ordinal)));
        var visibilities = database.Read("SELECT repository, visibility FROM repository_visibility", static r => KeyValuePair.Create(r.GetString(0), Word<Visibility>(r, 1)));
        return new AccountState
        {
            Accounts = accounts.ToImmutableSortedDictionary(a => a.Name, a => a, StringComparer.Ordinal),
            Organisations = organisations.ToImmutableSortedDictionary(o => o.Name, o => o, StringComparer.Ordinal),
            Visibilities = visibilities.ToImmutableDictionary(StringComparer.Ordinal),
        };
    }

    private static DateTimeOffset Time(DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static T Word<T>(DbDataReader row, int column)
        where T : struct, Enum => Words.TryParse<T>(row.GetString(column), out var value)
            ? value
            : throw new InvalidDataException($"the hub's database says '{row.GetString(column)}' where it has to name a {typeof(T).Name}");
}
