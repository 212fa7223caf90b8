namespace Strata.Registry.Server;

public enum AccessLogFormat
{
    Off,

    /// <summary>An object a line.</summary>
    Json,

    /// <summary>As Apache and nginx write it, for programs that read theirs.</summary>
    Combined,
}

/// <summary>A line for each request.</summary>
public sealed record AccessLogOptions : ISettings<AccessLogOptions>
{
    public AccessLogFormat Format { get; init; }

    /// <summary>Where to; null for standard error.</summary>
    public string? File { get; init; }

    /// <summary>A file that has grown to this is set aside and a new one begun.</summary>
    public long MaxSize { get; init; } = 100L << 20;

    /// <summary>How many files that were set aside are kept, as FILE.1 and on.</summary>
    public int Keep { get; init; } = 5;

    public static AccessLogOptions Read(SettingsSection from, AccessLogOptions usual) => new()
    {
        Format = from.Choice("format", usual.Format),
        File = from.OptionalPath("file", usual.File),
        MaxSize = from.Size("maxSize", usual.MaxSize, 1 << 10, 1L << 40),
        Keep = from.Number("keep", usual.Keep, 0, 1000),
    };
}
