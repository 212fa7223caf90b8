using Strata.Oci;

namespace Strata.Containers;

/// <summary>The image that a container was made from. Its layers stay while the container is there.</summary>
public sealed record ImageUse
{
    /// <summary>As it was asked for: a name, or an ID.</summary>
    public required string Name { get; init; }

    /// <summary>The config's digest.</summary>
    public required Digest Id { get; init; }

    public required Digest Manifest { get; init; }

    /// <summary>The layers, the base first.</summary>
    public required IReadOnlyList<Digest> DiffIds { get; init; }

    /// <summary>os/arch of the config.</summary>
    public string Platform { get; init; } = "";
}
