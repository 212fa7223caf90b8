using Strata.Content;
using Strata.Layers;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images;

/// <summary>
/// The images of one store, one verb a file. Safe under many processes at once; the state on disk is the truth, so nothing is cached here.
/// </summary>
/// <param name="store">Where blobs and names are.</param>
/// <param name="registries">The way to registries.</param>
/// <param name="observers">What wants to see each layer as it streams by, such as a cataloguer of packages.</param>
/// <param name="clock">The time.</param>
public sealed partial class LocalImages(ContentStore store, RegistryClient registries, IReadOnlyList<ILayerObserver> observers, TimeProvider clock)
{
    private readonly LayerPass _pass = new(store, observers);
    private readonly StoredImages _stored = new(store);

    /// <summary>Keeps that somebody wanted the image, for <see cref="Prune"/>: what only looks at documents does not count.</summary>
    private void MarkUsed(Digest manifest) => store.MarkUsed(manifest, clock.GetUtcNow());

    private Manifest ReadManifest(Digest digest) => Manifest.Parse(store.ReadDocument(digest, Manifest.MaxBytes));

    private ImageConfig ReadConfig(Manifest manifest) => ImageConfig.Parse(store.ReadDocument(manifest.Config.Digest, ImageConfig.MaxBytes));
}
