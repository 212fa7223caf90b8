namespace Strata.Layers;

/// <summary>What is at a path of an image, and which layer brought it.</summary>
/// <param name="Layer">The layer's place, 0 for the base.</param>
public sealed record TreeEntry(LayerEntry Entry, int Layer);
