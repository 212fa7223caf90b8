using System.Security.Cryptography;

namespace Strata.Hub;

/// <summary>All accounts, in memory for the many reads and in the database for good. A change is in both when its method returns.</summary>
internal sealed partial class AccountBook
{
    public const string PasswordRule = "8 to 256 characters";
    private readonly Lock _turn = new();
    private readonly AccountDatabase _database;
    private readonly AuthOptions _options;
    private readonly TimeProvider _time;
    private volatile AccountState _state;

    public AccountBook(AccountDatabase database, AuthOptions options, TimeProvider time)
    {
        (_database, _options, _time) = (database, options, time);
        _state = AccountLoader.Load(database);
    }

    public AccountState State => _state;

    public Account? Find(string name) => _state.Accounts.GetValueOrDefault(name);

    public AccountOutcome AddUser(string name, string password, bool isAdministrator)
    {
        if (!AccountName.IsValid(name)) return AccountOutcome.NameInvalid;
        if (!IsPassword(password)) return AccountOutcome.PasswordInvalid;
        var account = new Account
        {
            Name = name,
            Password = PasswordHash.Create(password, _options.PasswordRounds),
            PasswordVersion = NewId(),
            IsAdministrator = isAdministrator,
            Created = Now(),
        };
        lock (_turn)
        {
            if (IsTaken(name)) return AccountOutcome.NameTaken;
            _database.Write(new Change(
                "INSERT INTO accounts (name, password, password_version, administrator, created) VALUES (@p0, @p1, @p2, @p3, @p4)",
                name, account.Password, account.PasswordVersion, isAdministrator, Milliseconds(account.Created)));
            _state = _state with { Accounts = _state.Accounts.SetItem(name, account) };
            return AccountOutcome.Done;
        }
    }

    /// <summary>Ends what was given for the old password, too.</summary>
    public AccountOutcome SetPassword(string name, string password)
    {
        if (!IsPassword(password)) return AccountOutcome.PasswordInvalid;
        var hash = PasswordHash.Create(password, _options.PasswordRounds);
        lock (_turn)
        {
            if (Find(name) is not { } account) return AccountOutcome.Unknown;
            account = account with { Password = hash, PasswordVersion = NewId() };
            _database.Write(
                new Change("DELETE FROM refresh_tokens WHERE account = @p0", name),
                new Change("UPDATE accounts SET password = @p1, password_version = @p2 WHERE name = @p0", name, hash, account.PasswordVersion));
            _state = _state with { Accounts = _state.Accounts.SetItem(name, account) };
            return AccountOutcome.Done;
        }
    }

    /// <summary>Its repositories stay, and what was given for any of its credentials ends.</summary>
    public AccountOutcome RemoveUser(string name)
    {
        lock (_turn)
        {
            if (Find(name) is not { } account) return AccountOutcome.Unknown;
            if (account.IsAdministrator && _state.Accounts.Values.Count(a => a.IsAdministrator) == 1) return AccountOutcome.LastAdministrator;
            _database.Write(
                new Change("DELETE FROM refresh_tokens WHERE account = @p0", name),
                new Change("DELETE FROM personal_tokens WHERE account = @p0", name),
                new Change("DELETE FROM organisation_members WHERE account = @p0", name),
                new Change("DELETE FROM accounts WHERE name = @p0", name));
            var organisations = _state.Organisations;
            foreach (var organisation in organisations.Values.Where(o => o.Members.ContainsKey(name)))
                organisations = organisations.SetItem(organisation.Name, organisation with { Members = organisation.Members.Remove(name) });
            _state = _state with { Accounts = _state.Accounts.Remove(name), Organisations = organisations };
            return AccountOutcome.Done;
        }
    }

    public void SetVisibility(string repository, Visibility visibility)
    {
        lock (_turn)
        {
            _database.Write(new Change(
                "INSERT INTO repository_visibility (repository, visibility) VALUES (@p0, @p1) ON CONFLICT (repository) DO UPDATE SET visibility = excluded.visibility",
                repository, Words.Of(visibility)));
            _state = _state with { Visibilities = _state.Visibilities.SetItem(repository, visibility) };
        }
    }

    private static bool IsPassword(string password) => password.Length is >= 8 and <= 256;

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private bool IsTaken(string name) => _state.Accounts.ContainsKey(name) || _state.Organisations.ContainsKey(name);

    /// <summary>In whole milliseconds, as the database keeps it.</summary>
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds(_time.GetUtcNow()));
}
