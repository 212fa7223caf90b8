using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>Looking into images as soon as they are pushed.</summary>
public sealed record ScanOptions : ISettings<ScanOptions>
{
    /// <summary>False: layers are read when somebody first looks at the image, and nothing is kept of what is found. Default: true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How many images are read at the same time, beside those for which a page waits. 1 to 64; default 1.</summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>The longest that one image may take; it is given up then. One second to one day; default 10 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    public static ScanOptions Read(SettingsSection from, ScanOptions usual) => new()
    {
        Enabled = from.Flag("enabled", usual.Enabled),
        AtOnce = from.Number("atOnce", usual.AtOnce, 1, 64),
        Timeout = from.Duration("timeout", usual.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
    };
}
