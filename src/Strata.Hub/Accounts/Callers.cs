using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>Says whether a credential that was good once still is: of what was given for it, nothing outlives it.</summary>
internal sealed class Callers(AccountBook book, PublisherSecret publisher, TimeProvider time)
{
    private const string PasswordPrefix = "password:";
    private const string TokenPrefix = "token:";

    public static string CredentialOf(Account account) => PasswordPrefix + account.PasswordVersion;

    public static string CredentialOf(PersonalToken token) => TokenPrefix + token.Id;

    public Caller OfPublisher => new(PublisherSecret.UserName, publisher.Mark, TokenReach.Write);

    public static Caller Of(Account account) => new(account.Name, CredentialOf(account), TokenReach.Admin);

    public static Caller Of(Account account, PersonalToken token) => new(account.Name, CredentialOf(token), token.Reach);

    /// <summary>As the registry's limits and log know it.</summary>
    public RegistryCaller KnownAs(Caller caller) => new(caller.Name, book.Find(caller.Name)?.IsAdministrator == true && caller.Reach == TokenReach.Admin);

    /// <summary>Who showed the credential; null when the account is gone, its password is another, or the token was revoked or has expired.</summary>
    public Caller? Recall(string name, string credential)
    {
        if (name.Length == 0) return Caller.Nobody;
        if (name == PublisherSecret.UserName) return credential == publisher.Mark ? OfPublisher : null;
        if (book.Find(name) is not { } account) return null;
        if (credential == CredentialOf(account)) return Of(account);
        foreach (var token in account.Tokens)
            if (credential == CredentialOf(token)) return token.IsGood(time.GetUtcNow()) ? Of(account, token) : null;
        return null;
    }
}
