using System.Globalization;
using System.Security.Cryptography;
using Strata.Oci;

namespace Strata.Hub;

/// <summary>Makes tokens, for no more than their bearer may do.</summary>
internal sealed class TokenService(TokenSigner signer, Permissions permissions, AuthOptions options, TimeProvider time)
{
    /// <summary>The most scopes in one token: it travels in a header.</summary>
    public const int MostScopes = 32;

    private static readonly (string Action, RepositoryRights Right)[] Actions =
        [("pull", RepositoryRights.Pull), ("push", RepositoryRights.Push), ("delete", RepositoryRights.Delete)];

    public TokenAnswer Issue(Caller caller, string audience, IEnumerable<ResourceScope> scopes, string? refreshToken)
    {
        var now = time.GetUtcNow();
        var claims = new TokenClaims(
            TokenSigner.Issuer,
            caller.Name,
            audience,
            (now + options.TokenLifetime).ToUnixTimeSeconds(),
            now.ToUnixTimeSeconds(),
            now.ToUnixTimeSeconds(),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            caller.Credential,
            [.. scopes.Select(s => Narrow(caller, s)).OfType<AccessClaim>().Take(MostScopes)]);
        var token = signer.Sign(claims);
        return new TokenAnswer(
            token, token, (int)options.TokenLifetime.TotalSeconds, now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), refreshToken);
    }

    /// <summary>What of a scope is the caller's; null when nothing is, or nobody knows such a thing here.</summary>
    private AccessClaim? Narrow(Caller caller, ResourceScope scope)
    {
        var granted = scope switch
        {
            { Type: ResourceScope.Repository } when ReferenceGrammar.IsRepository(scope.Name) => Granted(RightsOf(caller, scope.Name), scope.Actions),
            // Anybody may ask for the catalogue; it names what the caller may see. The docker engine calls that search.
            { Type: ResourceScope.Registry, Name: ResourceScope.Catalog } => [.. scope.Actions.Where(a => a is "*" or "search")],
            _ => [],
        };
        return granted.Length == 0 ? null : new AccessClaim(scope.Type, scope.Name, granted);
    }

    /// <summary>Which repository a name means is decided when the token is used, and the rights in that one then, too.</summary>
    private RepositoryRights RightsOf(Caller caller, string repository) => permissions.Of(caller, repository)
        | (permissions.MayPullMirrored(caller, repository) ? RepositoryRights.Pull : RepositoryRights.None);

    private static string[] Granted(RepositoryRights rights, IReadOnlyList<string> asked) =>
        [.. Actions.Where(a => rights.HasFlag(a.Right) && (asked.Contains(a.Action, StringComparer.Ordinal) || asked.Contains("*", StringComparer.Ordinal))).Select(a => a.Action)];
}
