namespace Strata.Packages.Facts;

/// <summary>
/// The facts of one layer: every document about packages in it, and what it removes. They depend on the layer's bytes alone, so they are
/// made once per diffID and shared by all images that have the layer.
/// </summary>
public sealed record LayerCatalog
{
    /// <summary>Raised whenever a cataloguer is added or finds more; facts with another number are made again.</summary>
    public const int CurrentFormat = 7;

    public int Format { get; init; } = CurrentFormat;

    public IReadOnlyList<PackageDocument> Documents { get; init; } = [];

    /// <summary>
    /// Whiteouts, opaque directories, and what takes the place of a database or of a folder above one.
    /// They hide what lower layers have, never what this layer has.
    /// </summary>
    public IReadOnlyList<Removal> Removals { get; init; } = [];

    public IReadOnlyList<CatalogFault> Faults { get; init; } = [];
}
