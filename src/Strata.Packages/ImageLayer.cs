using Strata.Layers;
using Strata.Oci;
using Strata.Packages.Facts;

namespace Strata.Packages;

/// <summary>One layer of an image, as <see cref="ImageCatalog"/> wants it.</summary>
/// <param name="DiffId">The layer's diffID.</param>
/// <param name="Instruction">The <c>created_by</c> of its history entry (<see cref="ImageConfig.HistoryOfLayers"/>), or null.</param>
/// <param name="Catalog">Its facts, from <see cref="CatalogStore.Find"/>.</param>
public sealed record ImageLayer(Digest DiffId, string? Instruction, LayerCatalog Catalog)
{
    /// <summary>
    /// What the layer has at a path, from its index. Without it, a file that a layer has put in the place of another file that told of
    /// packages, or of a folder above one, does not hide it.
    /// </summary>
    public Func<string, LayerEntry?>? Find { get; init; }
}
