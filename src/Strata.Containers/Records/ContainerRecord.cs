namespace Strata.Containers;

/// <summary>
/// All that is known of one container: a JSON document, <c>ROOT/containers/ID/container.json</c>, that is replaced whole. What was asked for is in
/// <see cref="Spec"/> and stays; what has become of it is in <see cref="State"/>.
/// </summary>
public sealed record ContainerRecord
{
    /// <summary>64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>Unique in the store; without docker's slash in front.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required ImageUse Image { get; init; }

    public required ContainerSpec Spec { get; init; }

    public ContainerState State { get; init; } = new();

    /// <summary>The first 12 digits, as docker shows them.</summary>
    public string ShortId => Id[..12];
}
