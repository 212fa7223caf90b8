namespace Strata.Build.Dockerfiles;

/// <summary>One <c>--mount</c> of a RUN.</summary>
internal sealed record RunMount
{
    public RunMountType Type { get; init; }

    /// <summary>A stage, an image or a named context; null is the build's context, and for a cache nothing.</summary>
    public string? From { get; init; }

    public string Source { get; init; } = "";

    public string Target { get; init; } = "";

    public bool IsReadOnly { get; init; }

    /// <summary>Of a cache, a secret or an agent.</summary>
    public string Id { get; init; } = "";

    public CacheSharing Sharing { get; init; }

    /// <summary>The build fails without the secret or agent.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The variable that gets the secret's text.</summary>
    public string Variable { get; init; } = "";

    public int? Mode { get; init; }

    public int? Uid { get; init; }

    public int? Gid { get; init; }

    /// <summary>Bytes of a tmpfs; 0 sets no limit.</summary>
    public long Size { get; init; }
}

internal enum RunMountType
{
    Bind,
    Cache,
    Tmpfs,
    Secret,
    Ssh,
}

internal enum CacheSharing
{
    Shared,
    Private,
    Locked,
}
