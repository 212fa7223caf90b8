using Strata.Oci;

namespace Strata.Images;

/// <summary>What is attached to an image.</summary>
/// <param name="Name">The image, in its registry.</param>
/// <param name="Subjects">The image's manifest, and the index that it is in: what is attached is about one of them.</param>
/// <param name="Items">In the order in which they were found: referrers, tags, index.</param>
public sealed record ImageAttachments(Reference Name, IReadOnlyList<Digest> Subjects, IReadOnlyList<Attachment> Items);
