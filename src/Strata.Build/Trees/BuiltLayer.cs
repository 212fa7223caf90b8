using Strata.Oci;

namespace Strata.Build.Trees;

/// <summary>A layer of an image or a stage: the blob, and the digest of its uncompressed tar.</summary>
/// <param name="Form">How it was compressed when it was built; null for a layer of an image, which came as it is.</param>
internal sealed record BuiltLayer(Descriptor Descriptor, Digest DiffId, string? Form = null)
{
    /// <summary>Of the instruction that made it, from 1; 0 for a layer of an image.</summary>
    public int Line { get; init; }
}
