namespace Strata.Containers;

/// <summary>What a container may use. 0 or empty is no limit.</summary>
public sealed record ResourceLimits
{
    /// <summary>Bytes.</summary>
    public long Memory { get; init; }

    /// <summary>Bytes of memory and swap together; -1 for unlimited swap.</summary>
    public long MemorySwap { get; init; }

    public long MemoryReservation { get; init; }

    /// <summary>Billionths of a processor.</summary>
    public long NanoCpus { get; init; }

    public long CpuShares { get; init; }

    /// <summary>Microseconds.</summary>
    public long CpuPeriod { get; init; }

    public long CpuQuota { get; init; }

    /// <summary>As 0-2,4.</summary>
    public string CpusetCpus { get; init; } = "";

    public string CpusetMems { get; init; } = "";

    /// <summary>Processes and threads; -1 for unlimited.</summary>
    public long PidsLimit { get; init; }

    /// <summary>10 to 1000.</summary>
    public int BlkioWeight { get; init; }

    /// <summary>-1000 to 1000.</summary>
    public int OomScoreAdj { get; init; }

    public bool OomKillDisable { get; init; }
}

/// <param name="Name">As nofile.</param>
public sealed record Ulimit(string Name, long Soft, long Hard);

/// <param name="Access">Of r, w and m.</param>
public sealed record DeviceSpec(string HostPath, string ContainerPath, string Access = "rwm");
