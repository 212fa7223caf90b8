namespace Strata.Registry.Server;

/// <summary>How long a registry keeps what nothing needs.</summary>
public sealed record GarbageOptions : ISettings<GarbageOptions>
{
    /// <summary>
    /// A blob that no manifest names is kept this long after a client pushed it, mounted it or asked for it: the time that a push has to
    /// come to its manifest. 0 to 365 days; default 24 hours.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromHours(24);

    /// <summary>A deleted tag or manifest can be brought back for this long. 0 to 3650 days; default 7 days.</summary>
    public TimeSpan KeepDeleted { get; init; } = TimeSpan.FromDays(7);

    /// <summary>It is remembered for this long what a tag named before it moved. 0 to 3650 days; default 90 days.</summary>
    public TimeSpan KeepHistory { get; init; } = TimeSpan.FromDays(90);

    /// <summary>The time between two collections. One second to 365 days; default one hour.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(1);

    public static GarbageOptions Read(SettingsSection from, GarbageOptions usual) => new()
    {
        Lease = from.Duration("lease", usual.Lease, TimeSpan.Zero, TimeSpan.FromDays(365)),
        KeepDeleted = from.Duration("keepDeleted", usual.KeepDeleted, TimeSpan.Zero, TimeSpan.FromDays(3650)),
        KeepHistory = from.Duration("keepHistory", usual.KeepHistory, TimeSpan.Zero, TimeSpan.FromDays(3650)),
        Interval = from.Duration("interval", usual.Interval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(365)),
    };
}
