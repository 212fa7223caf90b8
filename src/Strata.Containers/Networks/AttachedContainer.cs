namespace Strata.Containers.Networks;

/// <summary>
/// A container in its networks: written before anything of it is there, removed after all of it is gone. So whatever ends in between, the
/// next one knows what to take away.
/// </summary>
internal sealed record AttachedContainer
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The store that the container belongs to; where it is gone, so is the container.</summary>
    public required string Root { get; init; }

    /// <summary>Made here, and goes with the container.</summary>
    public required string Namespace { get; init; }

    public IReadOnlyList<PortMapping> Ports { get; init; } = [];

    public IReadOnlyList<AttachedNetwork> Networks { get; init; } = [];
}

/// <summary>One of its networks, with all that taking it away needs.</summary>
internal sealed record AttachedNetwork
{
    public required NetworkDefinition Network { get; init; }

    public required string Interface { get; init; }

    public required IReadOnlyList<string> Addresses { get; init; }

    public required string MacAddress { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];
}
