namespace Strata.Images;

/// <summary>An image that was put on another base.</summary>
/// <param name="OldBase">The base that was replaced, as people know it.</param>
/// <param name="Replaced">How many layers it had.</param>
/// <param name="Base">How many layers the new base has.</param>
/// <param name="Layers">How many layers the new image has in all.</param>
public sealed record RebasedImage(LoadedImage Image, string OldBase, int Replaced, int Base, int Layers);

/// <summary>An image whose layers were made one.</summary>
/// <param name="Merged">How many layers became one.</param>
/// <param name="BytesBefore">Compressed bytes of those.</param>
/// <param name="BytesAfter">Compressed bytes of the one.</param>
public sealed record SquashedImage(LoadedImage Image, int Merged, long BytesBefore, long BytesAfter);
