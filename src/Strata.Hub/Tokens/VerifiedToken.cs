namespace Strata.Hub;

/// <summary>A token that this hub made. Whether it is good at this moment, for this host, is the caller's to ask.</summary>
internal sealed class VerifiedToken(TokenClaims claims)
{
    public string Account => claims.Sub;

    public string Credential => claims.Credential;

    public string Audience => claims.Aud;

    public DateTimeOffset NotBefore { get; } = DateTimeOffset.FromUnixTimeSeconds(claims.Nbf);

    public DateTimeOffset Expires { get; } = DateTimeOffset.FromUnixTimeSeconds(claims.Exp);

    /// <summary>True when it lets its bearer see the catalogue.</summary>
    public bool CoversCatalog => claims.Access.Any(a => a is { Type: ResourceScope.Registry, Name: ResourceScope.Catalog } && a.Actions.Count > 0);

    public bool Covers(string repository, string action)
    {
        foreach (var access in claims.Access)
        {
            if (access.Type != ResourceScope.Repository || access.Name != repository) continue;
            foreach (var granted in access.Actions)
                if (granted == action) return true;
        }
        return false;
    }
}
