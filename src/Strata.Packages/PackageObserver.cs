using Strata.Layers;
using Strata.Oci;
using Strata.Packages.Catalogers;
using Strata.Packages.Facts;

namespace Strata.Packages;

/// <summary>Catalogues the packages of each layer that streams by, and keeps the facts in a <see cref="CatalogStore"/>.</summary>
public sealed class PackageObserver(CatalogStore store) : ILayerObserver
{
    /// <inheritdoc/>
    public ILayerVisitor? Begin(Digest diffId) => store.Find(diffId) is null ? new CatalogVisitor(CatalogerSet.Installed) : null;

    /// <inheritdoc/>
    public void Complete(Digest diffId, ILayerVisitor visitor) => store.Keep(diffId, ((CatalogVisitor)visitor).ToCatalog());
}
