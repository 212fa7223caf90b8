using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Hub;

/// <summary>Refresh tokens: what a client keeps in the place of a password. Only their hashes are kept here.</summary>
internal sealed class RefreshTokens(AccountDatabase database, Callers callers, AuthOptions options, TimeProvider time)
{
    private const int SecretBytes = 32;

    public string Create(Caller caller, string client)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        database.Write(
            new Change("DELETE FROM refresh_tokens WHERE last_used < @p0", now - (long)options.RefreshTokenLifetime.TotalMilliseconds),
            new Change(
                "INSERT INTO refresh_tokens (hash, account, credential, client, created, last_used) VALUES (@p0, @p1, @p2, @p3, @p4, @p4)",
                HashOf(secret), caller.Name, caller.Credential, client.Length > 64 ? client[..64] : client, now));
        return secret;
    }

    /// <summary>Whose it is; null when it is unknown, was not used for too long, or what it was given for is not good any more.</summary>
    public Caller? Use(string secret)
    {
        var hash = HashOf(secret);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var found = database.Read(
            "SELECT account, credential FROM refresh_tokens WHERE hash = @p0 AND last_used >= @p1",
            static r => (Account: r.GetString(0), Credential: r.GetString(1)), hash, now - (long)options.RefreshTokenLifetime.TotalMilliseconds);
        if (found is not [var kept] || callers.Recall(kept.Account, kept.Credential) is not { } caller) return null;
        database.Write(new Change("UPDATE refresh_tokens SET last_used = @p1 WHERE hash = @p0", hash, now));
        return caller;
    }

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
