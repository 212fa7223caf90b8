using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Hub;

/// <summary>A personal access token: a password for one purpose, which may reach less far than its owner, and can be revoked by itself.</summary>
internal sealed record PersonalToken
{
    /// <summary>So that a token is known for one where it should not be: in a log, in a repository.</summary>
    public const string Prefix = "strata_pat_";

    private const int SecretBytes = 32;

    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>SHA-256 of the token: it is random and long, so no slow hash is needed.</summary>
    public required string Hash { get; init; }

    public required TokenReach Reach { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Expires { get; init; }

    /// <summary>To within five minutes.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    public static string NewSecret() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public bool IsGood(DateTimeOffset now) => Expires is not { } end || now < end;
}
