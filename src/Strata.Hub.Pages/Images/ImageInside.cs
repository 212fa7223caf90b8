using Strata.Images;
using Strata.Packages;

namespace Strata.Hub.Pages.Images;

/// <summary>What is inside an image, as far as it is known.</summary>
/// <param name="Packages">Null while the layers are being read, and where they cannot be.</param>
/// <param name="Base">What the image was made from; null where nobody knows.</param>
/// <param name="Reading">The reading that is under way; null when it is not, or too many wait.</param>
/// <param name="Fault">Why the layers cannot be read; null where they can.</param>
public sealed record ImageInside(ImagePackages? Packages, ImageBase? Base, ContentReading? Reading = null, string? Fault = null);
