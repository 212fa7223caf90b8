namespace Strata.Hub;

/// <summary>Where the hub keeps what it knows beside the registry.</summary>
public sealed record HubOptions
{
    /// <summary>The folder of the hub's database and of the publisher's secret; made if it is missing. No default.</summary>
    public required string DataFolder { get; init; }

    /// <summary>How long counted pulls may wait before they are written. 100 ms to one hour; default 5 s.</summary>
    public TimeSpan PullFlushInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Who may do what. Default: open, for a hub that only this machine can reach.</summary>
    public AuthOptions Auth { get; init; } = new();

    /// <summary>What is wrong with these options, each fault naming its option; empty when nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(DataFolder)) yield return $"{nameof(DataFolder)} is empty; name a folder";
        if (PullFlushInterval < TimeSpan.FromMilliseconds(100) || PullFlushInterval > TimeSpan.FromHours(1))
            yield return $"{nameof(PullFlushInterval)} is {PullFlushInterval}; it must be 100 ms to one hour";
        foreach (var fault in Auth.Faults()) yield return fault;
    }
}
