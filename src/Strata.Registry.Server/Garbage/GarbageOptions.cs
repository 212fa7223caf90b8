namespace Strata.Registry.Server;

/// <summary>How long a registry keeps what nothing needs.</summary>
public sealed record GarbageOptions
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

    /// <summary>What is wrong with these options, each fault naming its option; empty when nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (Lease < TimeSpan.Zero || Lease > TimeSpan.FromDays(365)) yield return $"{nameof(Lease)} is {Lease}; it must be 0 to 365 days";
        if (KeepDeleted < TimeSpan.Zero || KeepDeleted > TimeSpan.FromDays(3650)) yield return $"{nameof(KeepDeleted)} is {KeepDeleted}; it must be 0 to 3650 days";
        if (KeepHistory < TimeSpan.Zero || KeepHistory > TimeSpan.FromDays(3650)) yield return $"{nameof(KeepHistory)} is {KeepHistory}; it must be 0 to 3650 days";
        if (Interval < TimeSpan.FromSeconds(1) || Interval > TimeSpan.FromDays(365)) yield return $"{nameof(Interval)} is {Interval}; it must be one second to 365 days";
    }
}
