using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>Where the hub keeps what it knows beside the registry.</summary>
public sealed record HubOptions : ISettings<HubOptions>
{
    /// <summary>The folder of the hub's database and of the publisher's secret; made if it is missing. No default.</summary>
    public required string DataFolder { get; init; }

    /// <summary>How long counted pulls may wait before they are written. 100 ms to one hour; default 5 s.</summary>
    public TimeSpan PullFlushInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Who may do what; a section of its own in the configuration. Default: open, for a hub that only this machine can reach.</summary>
    public AuthOptions Auth { get; init; } = new();

    /// <summary>Registries whose repositories appear here as if they were the hub's. Set from their own section of the configuration.</summary>
    public IReadOnlyList<MirrorOptions> Mirrors { get; init; } = [];

    /// <summary>Looking into images as they come; a section of its own in the configuration.</summary>
    public ScanOptions Scans { get; init; } = new();

    public static HubOptions Read(SettingsSection from, HubOptions usual) => usual with
    {
        PullFlushInterval = from.Duration("pullFlushInterval", usual.PullFlushInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
    };

    /// <summary>What is wrong with these options, each fault naming its option; empty when nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(DataFolder)) yield return $"{nameof(DataFolder)} is empty; name a folder";
        foreach (var fault in SettingsSection.FaultsOf(this)) yield return fault;
        foreach (var fault in SettingsSection.FaultsOf(Auth)) yield return "Auth." + fault;
        foreach (var fault in SettingsSection.FaultsOf(Scans)) yield return "Scans." + fault;
        foreach (var fault in MirrorOptions.FaultsOf(Mirrors)) yield return "mirrors " + fault;
    }
}
