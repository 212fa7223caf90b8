using Strata.Oci;

namespace Strata.Hub;

/// <summary>Where the layers of an image are.</summary>
/// <param name="Repository">That has them.</param>
/// <param name="Manifest">The image's manifest; all the rest follows from it.</param>
/// <param name="Layers">As the manifest names them, the base first.</param>
/// <param name="DiffIds">What the config says of each; as many as layers.</param>
public sealed record ImageContent(string Repository, Digest Manifest, IReadOnlyList<Descriptor> Layers, IReadOnlyList<Digest> DiffIds)
{
    /// <summary>What the history says of each layer; may be shorter, and have gaps.</summary>
    public IReadOnlyList<string?> Instructions { get; init; } = [];
}
