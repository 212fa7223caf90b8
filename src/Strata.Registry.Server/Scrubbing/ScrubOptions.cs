namespace Strata.Registry.Server;

/// <summary>How often a registry reads what it holds, to notice bit rot before a client does.</summary>
public sealed record ScrubOptions : ISettings<ScrubOptions>
{
    /// <summary>Every blob is read at least once in this time. Zero turns it off. 0 to 3650 days; default 30 days.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Bytes read in a second, at most. 64 KiB to 16 GiB; default 32 MiB.</summary>
    public long BytesPerSecond { get; init; } = 32 * 1024 * 1024;

    public static ScrubOptions Read(SettingsSection from, ScrubOptions usual) => new()
    {
        Every = from.Duration("every", usual.Every, TimeSpan.Zero, TimeSpan.FromDays(3650)),
        BytesPerSecond = from.Size("bytesPerSecond", usual.BytesPerSecond, 64 * 1024, 16L * 1024 * 1024 * 1024),
    };
}
