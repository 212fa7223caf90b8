using Strata.Content;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>Unpacks the layers of an image that are not, as a container needs them. Counts as a use of the image.</summary>
    /// <exception cref="ImageException">A layer is damaged, or not there.</exception>
    public async Task UnpackAsync(ImageDetails image, CancellationToken cancellationToken)
    {
        foreach (var layer in image.Layers)
        {
            try
            {
                await _pass.CatchUpAsync(layer.Descriptor, layer.DiffId, unpack: true, cancellationToken).ConfigureAwait(false);
            }
            catch (ContentMissingException e)
            {
                throw new ImageException($"layer {layer.Descriptor.Digest.Short} is missing", "bring it back with: strata repair", e);
            }
        }
        MarkUsed(image.ManifestDescriptor.Digest);
    }
}
