namespace Strata.Registry.Server;

/// <summary>How often one client may pull. A pull is a GET of a manifest; HEAD, which asks whether there is something new, is none.</summary>
public sealed record PullLimitOptions : ISettings<PullLimitOptions>
{
    /// <summary>Pulls of one address without an account, in each window; null for any number.</summary>
    public int? Anonymous { get; init; }

    /// <summary>Pulls of one account in each window; null for any number.</summary>
    public int? Account { get; init; }

    /// <summary>A window begins with its first pull.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(6);

    public static PullLimitOptions Read(SettingsSection from, PullLimitOptions usual) => new()
    {
        Anonymous = from.OptionalNumber("anonymous", usual.Anonymous, 1, 1_000_000_000),
        Account = from.OptionalNumber("account", usual.Account, 1, 1_000_000_000),
        Window = from.Duration("window", usual.Window, TimeSpan.FromSeconds(1), TimeSpan.FromDays(30)),
    };
}
