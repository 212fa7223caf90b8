namespace Strata.Containers;

/// <summary>What a running container uses, at one moment.</summary>
public sealed record ContainerStats
{
    public required DateTimeOffset Time { get; init; }

    /// <summary>Of all its processes since it started.</summary>
    public TimeSpan CpuTime { get; init; }

    /// <summary>Bytes, without what the kernel can take back at once.</summary>
    public long Memory { get; init; }

    /// <summary>Bytes that it may use: its limit, or all that the host has.</summary>
    public long MemoryLimit { get; init; }

    public int Processes { get; init; }

    public long BlockRead { get; init; }

    public long BlockWritten { get; init; }

    public long NetworkReceived { get; init; }

    public long NetworkSent { get; init; }
}
