using Strata.Oci;

namespace Strata.Images;

/// <summary>One entry of an image's history, the newest first, as <c>docker history</c> lists it.</summary>
/// <param name="Id">The image ID for the newest entry; older ones have none of their own.</param>
/// <param name="Size">Unpacked bytes of the layer that it made, 0 for none; null when the layer's index is not there yet.</param>
/// <param name="DiffId">The layer that it made; null for none.</param>
public sealed record HistoryLine(Digest? Id, DateTimeOffset? Created, string CreatedBy, long? Size, string Comment, Digest? DiffId);
