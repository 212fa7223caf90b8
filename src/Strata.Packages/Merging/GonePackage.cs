using Strata.Packages.Facts;

namespace Strata.Packages.Merging;

/// <summary>A package that was installed below a layer and is not from it on.</summary>
/// <param name="Documents">What was visible before it went: its licences stand there.</param>
internal sealed record GonePackage(InstalledPackage Package, int HiddenBy, string? ReplacedBy, IReadOnlyCollection<PackageDocument> Documents);
