namespace Strata.Containers.Networks;

/// <summary>A network as it was made: a JSON document, <c>ROOT/networks/ID/network.json</c>, that never changes.</summary>
public sealed record NetworkDefinition
{
    /// <summary>64 hex digits.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>bridge, host or null; docker calls the last so, and the network none.</summary>
    public string Driver { get; init; } = "bridge";

    /// <summary>Nothing leads out of it, and no port of the host into it.</summary>
    public bool Internal { get; init; }

    public IReadOnlyList<NetworkSubnet> Subnets { get; init; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Docker's options of the bridge driver; its name and the MTU have an effect.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public bool IsBridge => Driver == "bridge";

    public bool HasIpv6 => Subnets.Any(s => s.Network.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6);

    /// <summary>Comes with the product, and cannot be removed.</summary>
    public bool IsPredefined => Name is "bridge" or "host" or "none";

    /// <summary>The bridge's name on the host; 15 characters at most.</summary>
    public string Interface => Options.GetValueOrDefault("com.docker.network.bridge.name") ?? $"br-{Id[..12]}";
}
