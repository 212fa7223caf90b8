using Strata.Images;
using Strata.Packages;

namespace Strata.Cli.Commands;

/// <summary>The packages of what was named.</summary>
/// <param name="Packages">With the base, where one is known.</param>
/// <param name="Base">How the base of an image was found; null for what is no image, or has none.</param>
internal sealed record FoundPackages(ImagePackages Packages, ImageBase? Base);
