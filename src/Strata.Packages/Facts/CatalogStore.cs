using Strata.Oci;

namespace Strata.Packages.Facts;

/// <summary>
/// Keeps the facts of layers: one file per diffID, <c>sha256/HEX.json</c> below a folder that may be deleted at any time.
/// Safe under many threads and processes: a file is whole or not there.
/// </summary>
/// <param name="folder">Usually <c>ROOT/facts/packages</c>; made when the first facts are kept.</param>
public sealed class CatalogStore(string folder)
{
    /// <summary>The facts of the layer, or null when there are none that can be used (never made, of another format, damaged).</summary>
    public LayerCatalog? Find(Digest diffId) => throw new NotSupportedException(folder);

    /// <summary>When this returns, <see cref="Find"/> gives the facts. Calling it again replaces them.</summary>
    public void Keep(Digest diffId, LayerCatalog catalog) => throw new NotSupportedException();
}
