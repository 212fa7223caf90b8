namespace Strata.Packages;

/// <summary>A package that a layer has and the image has not: a later layer removed it, or put another version in its place.</summary>
/// <param name="Package">As it was before it went.</param>
/// <param name="HiddenBy">The layer from which on it is gone. Its bytes are shipped all the same.</param>
/// <param name="ReplacedBy">The version that came in its place with that layer; null when none did.</param>
public sealed record HiddenPackage(Package Package, LayerOrigin HiddenBy, string? ReplacedBy);
