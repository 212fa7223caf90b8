namespace Strata.Containers;

/// <summary>What has become of a container.</summary>
public sealed record ContainerState
{
    public ContainerStatus Status { get; init; } = ContainerStatus.Created;

    /// <summary>Of the container's process 1, on the host; 0 when it does not run.</summary>
    public int Pid { get; init; }

    /// <summary>Of that process, in clock ticks since boot: with the number it names one process for good.</summary>
    public long PidStartTime { get; init; }

    /// <summary>The boot that it ran in: after another, nothing of it is left.</summary>
    public string BootId { get; init; } = "";

    public int ExitCode { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Finished { get; init; }

    public bool OomKilled { get; init; }

    /// <summary>Why it did not start; empty when it did.</summary>
    public string Error { get; init; } = "";

    public int RestartCount { get; init; }

    /// <summary>Somebody stopped it: unless-stopped does not start it again.</summary>
    public bool StoppedByHand { get; init; }

    /// <summary>Null without a health check.</summary>
    public HealthState? Health { get; init; }

    /// <summary>What it has on each of its networks, by the network's name, while it runs.</summary>
    public IReadOnlyDictionary<string, NetworkEndpoint> Endpoints { get; init; } = new Dictionary<string, NetworkEndpoint>(StringComparer.Ordinal);

    /// <summary>The ports as published, with those of the host that were chosen.</summary>
    public IReadOnlyList<PortMapping> Ports { get; init; } = [];
}

/// <summary>Docker's words, in lower case.</summary>
public enum ContainerStatus
{
    Created,
    Running,
    Paused,
    Restarting,
    Removing,
    Exited,
    Dead,
}

/// <summary>What a container has on one network.</summary>
public sealed record NetworkEndpoint
{
    public string Ipv4 { get; init; } = "";

    /// <summary>Bits of the network part.</summary>
    public int Ipv4PrefixLength { get; init; }

    public string Ipv6 { get; init; } = "";

    public int Ipv6PrefixLength { get; init; }

    public string Gateway { get; init; } = "";

    public string MacAddress { get; init; } = "";

    /// <summary>The interface's name in the container.</summary>
    public string Interface { get; init; } = "";
}

/// <summary>What health checks found.</summary>
public sealed record HealthState
{
    /// <summary>starting, healthy or unhealthy.</summary>
    public string Status { get; init; } = "starting";

    public int FailingStreak { get; init; }

    /// <summary>The last five.</summary>
    public IReadOnlyList<HealthProbe> Log { get; init; } = [];
}

/// <summary>One run of a health check.</summary>
public sealed record HealthProbe(DateTimeOffset Start, DateTimeOffset End, int ExitCode, string Output);
