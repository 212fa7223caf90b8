using Strata.Oci;
using Strata.Packages.Facts;

namespace Strata.Packages;

/// <summary>One layer of an image, as <see cref="ImageCatalog"/> wants it.</summary>
/// <param name="DiffId">The layer's diffID.</param>
/// <param name="Instruction">The <c>created_by</c> of its history entry (<see cref="ImageConfig.HistoryOfLayers"/>), or null.</param>
/// <param name="Catalog">Its facts, from <see cref="CatalogStore.Find"/>.</param>
public sealed record ImageLayer(Digest DiffId, string? Instruction, LayerCatalog Catalog);
