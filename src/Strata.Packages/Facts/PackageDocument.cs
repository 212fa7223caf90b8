using Strata.Packages.Distributions;

namespace Strata.Packages.Facts;

/// <summary>One file of a layer that tells of packages or of the distribution.</summary>
public sealed record PackageDocument
{
    /// <summary>Relative to the root: <c>var/lib/dpkg/status</c>.</summary>
    public required string Path { get; init; }

    public IReadOnlyList<PackageFact> Packages { get; init; } = [];

    /// <summary>
    /// The package that owns files or has licences, where a document says nothing but that: <c>curl</c> for dpkg's <c>info/curl.list</c>.
    /// </summary>
    public string? Owner { get; init; }

    /// <summary>Its files, as <see cref="PathHash"/>; see <see cref="PackageFact.Owns"/>.</summary>
    public IReadOnlyList<ulong>? Owns { get; init; }

    /// <summary>The owner's licences, where the package database does not say them.</summary>
    public IReadOnlyList<string>? Licenses { get; init; }

    /// <summary>Set for an os-release file only.</summary>
    public Distribution? Distribution { get; init; }
}
