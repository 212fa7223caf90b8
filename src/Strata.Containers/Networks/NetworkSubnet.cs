using System.Net;
using System.Text.Json.Serialization;

namespace Strata.Containers.Networks;

/// <summary>One range of addresses of a network.</summary>
public sealed record NetworkSubnet
{
    /// <summary>As 10.89.0.0/24.</summary>
    public required string Subnet { get; init; }

    /// <summary>The bridge's own address.</summary>
    public required string Gateway { get; init; }

    /// <summary>The part of it that containers get addresses from; null for all.</summary>
    public string? Range { get; init; }

    [JsonIgnore]
    public IPNetwork Network => IPNetwork.Parse(Subnet);
}
