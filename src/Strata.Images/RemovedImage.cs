using Strata.Oci;

namespace Strata.Images;

/// <summary>What a removal did: the names that went, the images and layers that nothing needs any more, and the bytes that came free.</summary>
public sealed record RemovedImage(IReadOnlyList<Reference> Untagged, IReadOnlyList<Digest> Deleted, long FreedBytes);
