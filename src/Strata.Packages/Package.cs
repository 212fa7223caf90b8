namespace Strata.Packages;

/// <summary>One installed package of an image, with the layer that brought it.</summary>
public sealed record Package
{
    /// <summary>The name as the package database writes it, without the architecture.</summary>
    public required string Name { get; init; }

    /// <summary>The version as the package database writes it, epoch and revision included.</summary>
    public required string Version { get; init; }

    /// <summary>The purl type: <c>deb</c>.</summary>
    public required string Type { get; init; }

    /// <summary><c>amd64</c>, <c>all</c>; null where the ecosystem knows none.</summary>
    public string? Architecture { get; init; }

    /// <summary>What advisories of a distribution are about: the package that this one was built from. Null where there is no such thing.</summary>
    public string? SourceName { get; init; }

    /// <summary>The source package's version; it may differ from <see cref="Version"/> (binary rebuilds, own numbering).</summary>
    public string? SourceVersion { get; init; }

    /// <summary>Canonical by the purl spec: <c>pkg:deb/debian/curl@7.88.1-10%2Bdeb12u8?arch=amd64&amp;distro=debian-12</c>.</summary>
    public required string Purl { get; init; }

    /// <summary>SPDX expressions or the package's own words; empty where nothing was read.</summary>
    public IReadOnlyList<string> Licenses { get; init; } = [];

    /// <summary>The file that says so, relative to the root: <c>var/lib/dpkg/status</c>.</summary>
    public required string Location { get; init; }

    /// <summary>Other files that say the same, in the order in which they were found: the package is there several times.</summary>
    public IReadOnlyList<string> AlsoAt { get; init; } = [];

    /// <summary>The OS package that owns <see cref="Location"/>; null where none does.</summary>
    public string? OwnedBy { get; init; }

    /// <summary>The layer in which this version appeared and stayed to the top. Null for a plain folder.</summary>
    public LayerOrigin? IntroducedBy { get; init; }

    /// <summary>The last layer that changed anything the database says about the package. Null for a plain folder.</summary>
    public LayerOrigin? LastTouchedBy { get; init; }
}
