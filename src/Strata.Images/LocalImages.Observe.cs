using Strata.Layers;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// Shows the image's layers to the observers that do not know them yet, and makes the indexes that are missing. Reads from the store only;
    /// costs nothing when all is known.
    /// </summary>
    /// <exception cref="ImageException">A layer is missing or damaged.</exception>
    public async Task ObserveLayersAsync(ImageDetails image, CancellationToken cancellationToken)
    {
        MarkUsed(image.ManifestDescriptor.Digest);
        foreach (var layer in image.Layers)
        {
            if (_pass.IsComplete(layer.DiffId, unpacked: false)) continue;
            if (!store.Contains(layer.Descriptor.Digest))
                throw new ImageException($"layer {layer.Descriptor.Digest.Short} is not in the store", "pull the image again");
            await _pass.CatchUpAsync(layer.Descriptor, layer.DiffId, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The index of a layer; null where none was made yet.</summary>
    public LayerIndex? IndexOf(Digest diffId) => LayerIndex.TryLoad(store.Layers, diffId);
}
