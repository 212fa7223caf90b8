using Strata.Oci;

namespace Strata.Build.Trees;

/// <summary>A layer of an image or a stage: the blob, and the digest of its uncompressed tar.</summary>
internal sealed record BuiltLayer(Descriptor Descriptor, Digest DiffId);
