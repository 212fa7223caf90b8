using Strata.Packages.Distributions;

namespace Strata.Packages;

/// <summary>What is installed in an image or a folder.</summary>
public sealed record ImagePackages
{
    /// <summary>Null where no os-release says so.</summary>
    public Distribution? Distribution { get; init; }

    /// <summary>Ordered by type, name, architecture (ordinal).</summary>
    public required IReadOnlyList<Package> Packages { get; init; }

    /// <summary>
    /// Language packages that OS packages brought, each with its owner: told of a second time, and not counted in <see cref="Packages"/>.
    /// </summary>
    public IReadOnlyList<Package> Owned { get; init; } = [];

    /// <summary>What later layers removed or replaced: in the layers, and not in the image. Ordered as <see cref="Packages"/>.</summary>
    public IReadOnlyList<HiddenPackage> Hidden { get; init; } = [];

    /// <summary>The image that this one was made from; null where that is not known.</summary>
    public BaseImage? Base { get; init; }

    /// <summary>Whether the base brought a package. Null where it is not known which layers are the base's.</summary>
    public bool? IsFromBase(Package package) =>
        Base?.Layers is { } layers && package.IntroducedBy is { } origin ? origin.Layer < layers : null;

    /// <summary>What could not be read. When there are any, the list of packages may be incomplete: say so.</summary>
    public IReadOnlyList<CatalogFault> Faults { get; init; } = [];
}
