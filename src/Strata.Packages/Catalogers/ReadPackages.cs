namespace Strata.Packages.Catalogers;

/// <summary>
/// Reads a document that is there as a whole. It may throw what bad content makes the parsers of the base library throw; what it found before
/// that is kept.
/// </summary>
internal delegate void ReadPackages(DocumentText document, PackageList found);
