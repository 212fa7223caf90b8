using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>Who may do what on the hub, and how they prove who they are.</summary>
public sealed record AuthOptions : ISettings<AuthOptions>
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

    public static AuthOptions Read(SettingsSection from, AuthOptions usual)
    {
        var address = from.OptionalText("publicUrl", usual.PublicUrl?.GetLeftPart(UriPartial.Authority));
        if (!IsOrigin(address, out var url)) from.Fault("publicUrl", $"is {address}; it must be http:// or https:// and a host, without a path");
        return new()
        {
            Mode = from.Choice("mode", usual.Mode),
            PublicUrl = url,
            TokenLifetime = from.Duration("tokenLifetime", usual.TokenLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)),
            RefreshTokenLifetime = from.Duration("refreshTokenLifetime", usual.RefreshTokenLifetime, TimeSpan.FromHours(1), TimeSpan.FromDays(365)),
            DefaultVisibility = from.Choice("defaultVisibility", usual.DefaultVisibility),
            PasswordRounds = from.Number("passwordRounds", usual.PasswordRounds, 1_000, 10_000_000),
        };
    }

    private static bool IsOrigin(string? text, out Uri? url)
    {
        url = null;
        return text is null || (Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "http" or "https" && url is { PathAndQuery: "/", Fragment: "", UserInfo: "" });
    }
}
