using Strata.Packages;

namespace Strata.Vulnerabilities.Matching;

/// <summary>A source package at a version, with the installed packages that were built from it.</summary>
internal sealed record SourcePackage(string Name, string Version, IReadOnlyList<Package> Binaries)
{
    public static IEnumerable<SourcePackage> Of(IEnumerable<Package> packages) => packages
        .GroupBy(p => (Name: p.SourceName ?? p.Name, Version: p.SourceVersion ?? p.Version))
        .Select(g => new SourcePackage(g.Key.Name, g.Key.Version, [.. g]));
}
