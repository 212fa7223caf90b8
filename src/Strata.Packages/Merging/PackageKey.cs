using Strata.Packages.Facts;

namespace Strata.Packages.Merging;

/// <summary>What makes an installed package the same one from layer to layer, and from document to document.</summary>
internal readonly record struct PackageKey(string Type, string Name, string? Architecture)
{
    /// <summary>Names of Python are the same however they are cased, and whichever separators they have. PEP 503.</summary>
    public static PackageKey Of(PackageFact fact) => new(
        fact.Type,
        fact.Type == "pypi" ? fact.Name.ToLowerInvariant().Replace('_', '-').Replace('.', '-') : fact.Name,
        fact.Architecture);
}
