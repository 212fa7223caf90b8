using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// Makes an image of layers that the store has, and lets the names lead to it; without one it is kept all the same. When this returns, the image is
    /// whole. Hold a lease of the store from before its layers were written.
    /// </summary>
    public async Task<LoadedImage> AddAsync(
        ImageConfig config, IReadOnlyList<Descriptor> layers, IReadOnlyList<Reference> names,
        IReadOnlyDictionary<string, string>? annotations, CancellationToken cancellationToken)
    {
        var manifest = new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            Config = await store.AddDocumentAsync(MediaTypes.OciConfig, config.ToBytes(), cancellationToken).ConfigureAwait(false),
            Layers = layers,
            Annotations = annotations,
        };
        var descriptor = await store.AddDocumentAsync(MediaTypes.OciManifest, manifest.ToBytes(), cancellationToken).ConfigureAwait(false);
        Name(descriptor, names);
        return new LoadedImage(manifest.Config.Digest, descriptor.Digest, names);
    }

    /// <summary>Makes an index of images that the store has, each with its platform, and names it.</summary>
    public async Task<LoadedImage> AddIndexAsync(
        IReadOnlyList<(LoadedImage Image, Platform Platform)> images, IReadOnlyList<Reference> names, IReadOnlyDictionary<string, string>? annotations, CancellationToken cancellationToken)
    {
        var index = new ImageIndex
        {
            MediaType = MediaTypes.OciIndex,
            Manifests = [.. images.Select(i => new Descriptor
            {
                MediaType = MediaTypes.OciManifest,
                Digest = i.Image.Digest,
                Size = new FileInfo(store.BlobPath(i.Image.Digest)).Length,
                Platform = i.Platform,
            })],
            Annotations = annotations,
        };
        var descriptor = await store.AddDocumentAsync(MediaTypes.OciIndex, index.ToBytes(), cancellationToken).ConfigureAwait(false);
        Name(descriptor, names);
        // Each was kept by itself until the index named it.
        ImageNames.Remove(store, i => i.Name is null && images.Any(m => m.Image.Digest == i.Manifest.Digest));
        return new LoadedImage(images[0].Image.Id, descriptor.Digest, names);
    }

    /// <summary>Reads a layer that the store has, for what is not done with it yet: its index, what observers want, and its unpacked tree if that is asked for.</summary>
    /// <exception cref="ImageException">The layer is missing or damaged.</exception>
    public Task PrepareLayerAsync(Descriptor layer, Digest diffId, bool unpack, CancellationToken cancellationToken) => store.Contains(layer.Digest)
        ? _pass.CatchUpAsync(layer, diffId, unpack, cancellationToken)
        : throw new ImageException($"layer {layer.Digest.Short} is not in the store", "pull the image again");

    private void Name(Descriptor manifest, IReadOnlyList<Reference> names)
    {
        if (names.Count == 0) ImageNames.Keep(store, manifest);
        foreach (var name in names) ImageNames.Set(store, new NamedImage(name, manifest, RegistryDigest: null));
        MarkUsed(manifest.Digest);
    }
}
