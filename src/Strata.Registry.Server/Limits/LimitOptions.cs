namespace Strata.Registry.Server;

/// <summary>What a client may ask of the registry, and what the registry may take of its disk.</summary>
public sealed record LimitOptions : ISettings<LimitOptions>
{
    private const long Mebibyte = 1L << 20;
    private const long Tebibyte = 1L << 40;

    /// <summary>The largest blob; null for any that the disk has room for.</summary>
    public long? MaxBlobSize { get; init; }

    /// <summary>Uploads whose bytes come in at the same time.</summary>
    public int UploadsAtOnce { get; init; } = 256;

    /// <summary>Bytes that stay free on the disk of the data: no push goes below, and what deletes still has room to.</summary>
    public long DiskReserve { get; init; } = 64 * Mebibyte;

    /// <summary>Requests of one address per second, over some time; null for any number.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>Requests that one address may send at once after a pause; null for as many as in one second.</summary>
    public int? RequestBurst { get; init; }

    public PullLimitOptions Pulls { get; init; } = new();

    public static LimitOptions Read(SettingsSection from, LimitOptions usual) => new()
    {
        MaxBlobSize = from.OptionalSize("maxBlobSize", usual.MaxBlobSize, Mebibyte, 16 * Tebibyte),
        UploadsAtOnce = from.Number("uploadsAtOnce", usual.UploadsAtOnce, 1, 10_000),
        DiskReserve = from.Size("diskReserve", usual.DiskReserve, 0, 16 * Tebibyte),
        RequestsPerSecond = from.OptionalNumber("requestsPerSecond", usual.RequestsPerSecond, 1, 1_000_000),
        RequestBurst = from.OptionalNumber("requestBurst", usual.RequestBurst, 1, 1_000_000),
        Pulls = from.Section("pulls", usual.Pulls),
    };
}
