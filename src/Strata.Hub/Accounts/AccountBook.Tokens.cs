namespace Strata.Hub;

internal sealed partial class AccountBook
{
    /// <summary>How old the time of last use may get before it is written again: not each pull is a write.</summary>
    private static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(5);

    /// <summary>Makes a personal access token. Its secret is shown here and nowhere again.</summary>
    public AccountOutcome AddToken(string name, string tokenName, TokenReach reach, DateTimeOffset? expires, out PersonalToken? token, out string secret)
    {
        (token, secret) = (null, PersonalToken.NewSecret());
        lock (_turn)
        {
            if (Find(name) is not { } account) return AccountOutcome.Unknown;
            if (account.Tokens.Any(t => t.Name == tokenName)) return AccountOutcome.NameTaken;
            token = new PersonalToken { Id = NewId(), Name = tokenName, Hash = PersonalToken.HashOf(secret), Reach = reach, Created = Now(), Expires = expires };
            _database.Write(new Change(
                "INSERT INTO personal_tokens (id, account, name, hash, reach, created, expires) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6)",
                token.Id, name, tokenName, token.Hash, Words.Of(reach), Milliseconds(token.Created), expires is { } end ? Milliseconds(end) : null));
            Set(account with { Tokens = account.Tokens.Add(token) });
            return AccountOutcome.Done;
        }
    }

    /// <summary>Ends a token, and what was given for it.</summary>
    public AccountOutcome RemoveToken(string name, string id)
    {
        lock (_turn)
        {
            if (Find(name) is not { } account || account.Tokens.FirstOrDefault(t => t.Id == id) is not { } token) return AccountOutcome.Unknown;
            _database.Write(
                new Change("DELETE FROM refresh_tokens WHERE account = @p0 AND credential = @p1", name, Callers.CredentialOf(token)),
                new Change("DELETE FROM personal_tokens WHERE id = @p0", id));
            Set(account with { Tokens = account.Tokens.Remove(token) });
            return AccountOutcome.Done;
        }
    }

    public void MarkUsed(string name, PersonalToken used)
    {
        var now = Now();
        if (used.LastUsed is { } last && now - last < UseInterval) return;
        lock (_turn)
        {
            if (Find(name) is not { } account || account.Tokens.FirstOrDefault(t => t.Id == used.Id) is not { } token) return;
            _database.Write(new Change("UPDATE personal_tokens SET last_used = @p1 WHERE id = @p0", token.Id, Milliseconds(now)));
            Set(account with { Tokens = account.Tokens.Replace(token, token with { LastUsed = now }) });
        }
    }

    private void Set(Account account) => _state = _state with { Accounts = _state.Accounts.SetItem(account.Name, account) };
}
