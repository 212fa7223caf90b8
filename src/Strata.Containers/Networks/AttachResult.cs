namespace Strata.Containers.Networks;

/// <summary>What a container has in its networks.</summary>
public sealed record AttachResult
{
    /// <summary>The network namespace, for the runtime.</summary>
    public required string NamespacePath { get; init; }

    /// <summary>By the network's name.</summary>
    public required IReadOnlyDictionary<string, NetworkEndpoint> Endpoints { get; init; }

    /// <summary>Each with the port of the host that it got.</summary>
    public required IReadOnlyList<PortMapping> Ports { get; init; }

    /// <summary>Who knows the names on its networks; empty: as the host.</summary>
    public required IReadOnlyList<string> NameServers { get; init; }
}
