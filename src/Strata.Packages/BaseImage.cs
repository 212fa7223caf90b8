using Strata.Oci;

namespace Strata.Packages;

/// <summary>The image that another one was made from, as its packages are told apart by it.</summary>
public sealed record BaseImage
{
    /// <summary>As people name it: <c>debian:12</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its manifest or index; null where only the name is known.</summary>
    public Digest? Digest { get; init; }

    /// <summary>How many of the image's layers are the base's, from the first on. Null where nobody can say.</summary>
    public int? Layers { get; init; }
}
