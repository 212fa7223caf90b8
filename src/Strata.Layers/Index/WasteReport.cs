namespace Strata.Layers;

/// <summary>Bytes that an image carries and no container sees.</summary>
/// <param name="Efficiency">1 when every path is brought once and stays; the smallest sizes of all paths divided by all their
/// sizes.</param>
/// <param name="WastedBytes">Bytes of all paths that more than one layer touches.</param>
/// <param name="Paths">Those paths, the dearest first.</param>
public sealed record WasteReport(double Efficiency, long WastedBytes, IReadOnlyList<WastedPath> Paths);

/// <summary>A path that more than one layer touches.</summary>
/// <param name="Bytes">What all its versions weigh together; a removal weighs what it hides of a folder.</param>
/// <param name="Versions">The base's first: who wrote it, who wrote it again, who hid it.</param>
public sealed record WastedPath(string Path, long Bytes, IReadOnlyList<PathVersion> Versions);

/// <param name="Layer">The layer's place, 0 for the base.</param>
/// <param name="IsRemoval">The layer hides the path; <paramref name="Bytes"/> is what it hides of a folder, 0 for a file.</param>
public sealed record PathVersion(int Layer, long Bytes, bool IsRemoval);
