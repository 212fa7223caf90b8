namespace Strata.Registry.Server;

/// <summary>How often a registry reads what it holds, to notice bit rot before a client does.</summary>
public sealed record ScrubOptions
{
    /// <summary>Every blob is read at least once in this time. Zero turns it off; else one hour to 3650 days; default 30 days.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Bytes read in a second, at most. 64 KiB to 16 GiB; default 32 MiB.</summary>
    public long BytesPerSecond { get; init; } = 32 * 1024 * 1024;

    /// <summary>What is wrong with these options, each fault naming its option; empty when nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (Every != TimeSpan.Zero && (Every < TimeSpan.FromHours(1) || Every > TimeSpan.FromDays(3650)))
            yield return $"{nameof(Every)} is {Every}; it must be zero, or one hour to 3650 days";
        if (BytesPerSecond is < 64 * 1024 or > 16L * 1024 * 1024 * 1024)
            yield return $"{nameof(BytesPerSecond)} is {BytesPerSecond}; it must be 65536 to 17179869184";
    }
}
