using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>What a tag named before, and can name again.</summary>
/// <param name="Name">The tag.</param>
/// <param name="Digest">The manifest that it named.</param>
/// <param name="Started">Since when.</param>
/// <param name="Ended">Until when.</param>
/// <param name="IsDeleted">True where the tag was deleted, false where it moved to another manifest.</param>
public sealed record PastTag(string Name, Digest Digest, DateTimeOffset Started, DateTimeOffset Ended, bool IsDeleted);
