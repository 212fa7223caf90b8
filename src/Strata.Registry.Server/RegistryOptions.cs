namespace Strata.Registry.Server;

/// <summary>Where a registry keeps its data, and its limits. All faults are reported at once by <see cref="Faults"/>.</summary>
public sealed record RegistryOptions
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

    /// <summary>What is wrong with these options, each fault naming its option; empty when nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(DataFolder)) yield return $"{nameof(DataFolder)} is empty; name a folder";
        if (MaxPage is < 1 or > 100_000) yield return $"{nameof(MaxPage)} is {MaxPage}; it must be 1 to 100000";
        if (UploadLifetime < TimeSpan.FromMinutes(1) || UploadLifetime > TimeSpan.FromDays(365))
            yield return $"{nameof(UploadLifetime)} is {UploadLifetime}; it must be one minute to 365 days";
        if (ManifestCacheBytes is < 0 or > 1024 * 1024 * 1024)
            yield return $"{nameof(ManifestCacheBytes)} is {ManifestCacheBytes}; it must be 0 to 1073741824";
        foreach (var fault in Garbage.Faults()) yield return $"{nameof(Garbage)}.{fault}";
        foreach (var fault in Scrub.Faults()) yield return $"{nameof(Scrub)}.{fault}";
    }
}
