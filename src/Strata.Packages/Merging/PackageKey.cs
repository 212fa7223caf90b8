namespace Strata.Packages.Merging;

/// <summary>What makes an installed package the same one from layer to layer.</summary>
internal readonly record struct PackageKey(string Type, string Name, string? Architecture);
