namespace Strata.Containers.Networks;

/// <summary>What <c>network create</c> takes. Lists of subnets, gateways and ranges belong together by which contains which.</summary>
public sealed record NetworkOptions
{
    public required string Name { get; init; }

    public string Driver { get; init; } = "bridge";

    public IReadOnlyList<string> Subnets { get; init; } = [];

    public IReadOnlyList<string> Gateways { get; init; } = [];

    public IReadOnlyList<string> Ranges { get; init; } = [];

    public bool Internal { get; init; }

    /// <summary>With addresses of IPv6, too; of a range of our own where no subnet says which.</summary>
    public bool Ipv6 { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
