using Strata.Layers;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>The files of an image as a container would see them, each with the layer that brought it. Nothing is unpacked for it.</summary>
    /// <exception cref="ImageException">There is no such image, or it is damaged.</exception>
    public Task<ImageFiles> FilesAsync(string nameOrId, CancellationToken cancellationToken) => FilesAsync(nameOrId, platform: null, cancellationToken);

    /// <summary>The same of one platform, where the name leads to several; null is this machine's.</summary>
    /// <exception cref="ImageException">There is no such image, or it is damaged.</exception>
    public async Task<ImageFiles> FilesAsync(string nameOrId, Platform? platform, CancellationToken cancellationToken)
    {
        var image = Inspect(nameOrId, platform);
        await ObserveLayersAsync(image, cancellationToken).ConfigureAwait(false);
        var indexes = image.Layers.Select(l => LayerIndex.TryLoad(store.Layers, l.DiffId)
            ?? throw new ImageException($"the index of layer {l.Descriptor.Digest.Short} cannot be read", "run it again: it is made anew")).ToArray();
        return new ImageFiles(image, new LayeredTree(indexes));
    }

    /// <summary>Writes the content of one file of an image to <paramref name="target"/>; links are followed within the image.</summary>
    /// <exception cref="ImageException">There is no such file, or it is no file.</exception>
    public async Task CatAsync(ImageFiles files, string path, Stream target, CancellationToken cancellationToken)
    {
        var (entry, position) = files.FileAt(path);
        var layer = files.Image.Layers[position];
        if (LayerContent.TryOpenUnpacked(store.Layers, layer.DiffId, entry) is { } unpacked)
        {
            await using (unpacked.ConfigureAwait(false)) await unpacked.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
            return;
        }
        var blob = store.OpenBlob(layer.Descriptor.Digest);
        await using (blob.ConfigureAwait(false))
            await LayerContent.CopyAsync(blob, entry, target, cancellationToken).ConfigureAwait(false);
    }
}
