using Strata.Packages.Facts;

namespace Strata.Packages.Merging;

/// <summary>What makes an installed package the same one from layer to layer, and from document to document.</summary>
internal readonly record struct PackageKey(string Type, string Name, string? Architecture)
{
    public static PackageKey Of(PackageFact fact) => new(fact.Type, NameOf(fact.Type, fact.Name), fact.Architecture);

    /// <summary>Names of Python are the same however they are cased, and whichever separators they have. PEP 503.</summary>
    public static string NameOf(string type, string name) =>
        type == "pypi" ? name.ToLowerInvariant().Replace('_', '-').Replace('.', '-') : name;
}
