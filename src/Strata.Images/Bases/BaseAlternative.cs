using Strata.Oci;

namespace Strata.Images;

/// <summary>An image that could be another one's base instead.</summary>
/// <param name="Kind">In what it differs.</param>
/// <param name="Name">With its tag.</param>
/// <param name="Digest">Of its manifest for the image's platform.</param>
/// <param name="CompressedSize">Bytes of its layers as a registry has them.</param>
/// <param name="IsHere">It is in the store, so that its packages can be read.</param>
public sealed record BaseAlternative(AlternativeKind Kind, Reference Name, Digest Digest, long CompressedSize, bool IsHere)
{
    /// <summary>The line of a Dockerfile that builds on it, and on nothing else that the tag may lead to later.</summary>
    public string Instruction => $"FROM {Name.Familiar}@{Digest}";
}
