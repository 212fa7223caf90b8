namespace Strata.Registry.Server;

/// <summary>Where a registry keeps its data, and its limits. All faults are reported at once by <see cref="Faults"/>.</summary>
public sealed record RegistryOptions : ISettings<RegistryOptions>
{
    /// <summary>The folder of the database and of the blobs; made if it is missing. No default.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The most entries in one page of tags or repositories, whatever a client asks for. 1 to 100,000; default 10,000.</summary>
    public int MaxPage { get; init; } = 10_000;

    /// <summary>An upload that nobody has written to for this long is removed. One minute to 365 days; default 7 days.</summary>
    public TimeSpan UploadLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Bytes of manifests held in memory. 0 to 1 GiB; default 8 MiB.</summary>
    public int ManifestCacheBytes { get; init; } = 8 * 1024 * 1024;

    public GarbageOptions Garbage { get; init; } = new();

    public ScrubOptions Scrub { get; init; } = new();

    public LimitOptions Limits { get; init; } = new();

    public QuotaOptions Quota { get; init; } = new();

    public MetricsOptions Metrics { get; init; } = new();

    public AccessLogOptions AccessLog { get; init; } = new();

    public DrainOptions Drain { get; init; } = new();

    public static RegistryOptions Read(SettingsSection from, RegistryOptions usual) => usual with
    {
        MaxPage = from.Number("maxPage", usual.MaxPage, 1, 100_000),
        UploadLifetime = from.Duration("uploadLifetime", usual.UploadLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromDays(365)),
        ManifestCacheBytes = (int)from.Size("manifestCache", usual.ManifestCacheBytes, 0, 1024 * 1024 * 1024),
    };

    /// <summary>What is wrong with these options, each fault naming its option; empty when nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(DataFolder)) yield return $"{nameof(DataFolder)} is empty; name a folder";
        foreach (var fault in SettingsSection.FaultsOf(this)) yield return fault;
        foreach (var fault in SettingsSection.FaultsOf(Garbage)) yield return fault;
        foreach (var fault in SettingsSection.FaultsOf(Scrub)) yield return fault;
        foreach (var fault in SettingsSection.FaultsOf(Limits)) yield return fault;
        foreach (var fault in SettingsSection.FaultsOf(Drain)) yield return fault;
        foreach (var fault in SettingsSection.FaultsOf(Quota)) yield return fault;
        foreach (var fault in SettingsSection.FaultsOf(Metrics)) yield return fault;
        foreach (var fault in SettingsSection.FaultsOf(AccessLog)) yield return fault;
    }
}
