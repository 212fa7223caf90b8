using Strata.Oci;

namespace Strata.Hub;

/// <summary>An image that a tag of the hub leads to.</summary>
/// <param name="Top">What the tag names: the manifest, or an index that has it.</param>
public sealed record TaggedImage(string Repository, string Tag, Digest Top, Digest Manifest);
