namespace Strata.Hub;

/// <summary>Who may do what on the hub, and how they prove who they are.</summary>
public sealed record AuthOptions
{
    /// <summary>Default: open.</summary>
    public AuthMode Mode { get; init; }

    /// <summary>
    /// Where clients reach the hub, <c>https://hub.example.com</c>, when a proxy in front of it changes that. Default: null, what the request says.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>How long a token of the token service is good. One minute (the least that clients reckon with) to one day; default 5 minutes.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a refresh token is good after it was last used. One hour to 365 days; default 90 days.</summary>
    public TimeSpan RefreshTokenLifetime { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Who may see a repository of which nobody has said. Default: private.</summary>
    public Visibility DefaultVisibility { get; init; }

    /// <summary>The rounds of PBKDF2 with SHA-512 that a new password gets. 1,000 to 10,000,000; default 210,000 (OWASP).</summary>
    public int PasswordRounds { get; init; } = 210_000;

    /// <summary>What is wrong with these options, each fault naming its option; empty when nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (PublicUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https") || url.PathAndQuery != "/" || url.UserInfo.Length > 0))
            yield return $"{nameof(PublicUrl)} is {url}; it must be http:// or https:// and a host, without a path";
        if (TokenLifetime < TimeSpan.FromMinutes(1) || TokenLifetime > TimeSpan.FromDays(1))
            yield return $"{nameof(TokenLifetime)} is {TokenLifetime}; it must be one minute to one day";
        if (RefreshTokenLifetime < TimeSpan.FromHours(1) || RefreshTokenLifetime > TimeSpan.FromDays(365))
            yield return $"{nameof(RefreshTokenLifetime)} is {RefreshTokenLifetime}; it must be one hour to 365 days";
        if (PasswordRounds is < 1_000 or > 10_000_000)
            yield return $"{nameof(PasswordRounds)} is {PasswordRounds}; it must be 1000 to 10000000";
    }
}
