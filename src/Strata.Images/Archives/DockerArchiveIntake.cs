using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images.Archives;

/// <summary>
/// Takes in an image of an archive from before docker 25, or of a tool that writes that form: a config, layers by path, and no manifest. One
/// is made for it. Layers come uncompressed and are compressed; the config, and with it the image ID, stays as it is.
/// </summary>
internal sealed class DockerArchiveIntake(ContentStore store, LayerPass pass, ILayoutFiles files, TransferTracker tracker)
{
    private const string Advice = "the archive is damaged; save the image again";

    /// <returns>The manifest, which is in the store. Hold a lease until it is named.</returns>
    /// <exception cref="ImageException">The archive lacks what its manifest.json names, or a layer is another than its config says.</exception>
    public async Task<Descriptor> TakeInAsync(DockerArchiveImage image, CancellationToken cancellationToken)
    {
        var bytes = await files.ReadAsync(image.Config, ImageConfig.MaxBytes, cancellationToken).ConfigureAwait(false)
            ?? throw Missing(image.Config);
        var config = Parse(bytes);
        if (config.RootFs.DiffIds.Count != image.Layers.Count)
            throw new ImageException($"{files.Name} is not whole: it has {image.Layers.Count} layers, and its config names {config.RootFs.DiffIds.Count}", Advice);
        foreach (var path in image.Layers)
            if (files.SizeOf(path) is null) throw Missing(path);

        var expected = image.Layers.Zip(config.RootFs.DiffIds, (path, diffId) => (Path: path, DiffId: diffId)).ToArray();
        foreach (var (path, diffId) in expected) tracker.Expect(Stand(diffId, path), isLayer: true);
        tracker.Report(TransferPhase.Moving);
        var known = KnownLayers();
        var layers = new List<Descriptor>();
        foreach (var (path, diffId) in expected)
            layers.Add(known.GetValueOrDefault(diffId) is { } here
                ? await ReuseAsync(here, diffId, cancellationToken).ConfigureAwait(false)
                : known[diffId] = await TakeInLayerAsync(path, diffId, cancellationToken).ConfigureAwait(false));
        var manifest = new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            Config = await store.AddDocumentAsync(MediaTypes.OciConfig, bytes, cancellationToken).ConfigureAwait(false),
            Layers = layers,
        };
        return await store.AddDocumentAsync(MediaTypes.OciManifest, manifest.ToBytes(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The layers of the store's images by diffID: one that is there need not be compressed again, and keeps its digest.</summary>
    private Dictionary<Digest, Descriptor> KnownLayers()
    {
        var known = new Dictionary<Digest, Descriptor>();
        foreach (var image in ImageNames.Read(store))
        {
            try
            {
                foreach (var descriptor in new StoredImages(store).Manifests(image.Manifest))
                {
                    var manifest = Manifest.Parse(store.ReadDocument(descriptor.Digest, Manifest.MaxBytes));
                    if (!LayerTypes.AreOfFiles(manifest)) continue;
                    var config = ImageConfig.Parse(store.ReadDocument(manifest.Config.Digest, ImageConfig.MaxBytes));
                    foreach (var (layer, diffId) in manifest.Layers.Zip(config.RootFs.DiffIds))
                        if (store.Contains(layer.Digest)) known.TryAdd(diffId, LayerTypes.ToOci(layer));
                }
            }
            catch (Exception e) when (e is DocumentException or ContentMissingException or ContentMismatchException)
            {
                // A damaged image has nothing to offer; `verify` finds it.
            }
        }
        return known;
    }

    private async Task<Descriptor> ReuseAsync(Descriptor layer, Digest diffId, CancellationToken cancellationToken)
    {
        await pass.CatchUpAsync(layer, diffId, cancellationToken).ConfigureAwait(false);
        tracker.Reuse(diffId);
        return layer;
    }

    private async Task<Descriptor> TakeInLayerAsync(string path, Digest diffId, CancellationToken cancellationToken)
    {
        tracker.Start(diffId);
        var peeked = new PeekedStream(files.Open(path));
        Compression compression;
        await using (peeked.ConfigureAwait(false)) compression = await peeked.PeekAsync(cancellationToken).ConfigureAwait(false);
        var layer = compression == Compression.None
            ? await CompressAsync(path, diffId, cancellationToken).ConfigureAwait(false)
            : await KeepAsync(path, diffId, compression, cancellationToken).ConfigureAwait(false);
        tracker.Finish(diffId);
        return layer;
    }

    private async Task<Descriptor> CompressAsync(string path, Digest diffId, CancellationToken cancellationToken)
    {
        WrittenLayer written;
        try
        {
            var source = new CountingStream(files.Open(path), n => tracker.Advance(diffId, n));
            var compressor = new LayerCompressor(store);
            await using (source.ConfigureAwait(false))
            await using (compressor.ConfigureAwait(false))
            {
                var buffer = new byte[256 * 1024];
                for (int n; (n = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;) compressor.Write(buffer.AsSpan(0, n));
                written = compressor.Commit(diffId);
            }
        }
        catch (ContentMismatchException e)
        {
            throw new ImageException($"{path} of {files.Name} is not usable: {e.Message}", Advice, e);
        }
        await pass.CatchUpAsync(written.Descriptor, diffId, cancellationToken).ConfigureAwait(false);
        return written.Descriptor;
    }

    /// <summary>Some tools write compressed layers into this form: they are kept as they are.</summary>
    private async Task<Descriptor> KeepAsync(string path, Digest diffId, Compression compression, CancellationToken cancellationToken)
    {
        using var hash = DigestAlgorithm.Sha256.StartHash();
        long size = 0;
        var first = files.Open(path);
        await using (first.ConfigureAwait(false))
        {
            var buffer = new byte[256 * 1024];
            for (int n; (n = await first.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0; size += n) hash.AppendData(buffer, 0, n);
        }
        var layer = new Descriptor
        {
            MediaType = compression == Compression.Zstd ? MediaTypes.OciLayerZstd : MediaTypes.OciLayerGzip,
            Digest = Digest.FromHash(hash.GetHashAndReset()),
            Size = size,
        };
        if (store.Contains(layer.Digest)) return await ReuseAsync(layer, diffId, cancellationToken).ConfigureAwait(false);
        await pass.TakeInAsync(_ => Task.FromResult(files.Open(path)), layer, diffId, n => tracker.Advance(diffId, n), cancellationToken).ConfigureAwait(false);
        return layer;
    }

    private ImageConfig Parse(byte[] bytes)
    {
        try
        {
            return ImageConfig.Parse(bytes);
        }
        catch (DocumentException e)
        {
            throw new ImageException($"{files.Name} cannot be read: {e.Message}", Advice, e);
        }
    }

    /// <summary>Progress counts what is read, which is the layer as the archive has it.</summary>
    private Descriptor Stand(Digest diffId, string path) => new() { MediaType = MediaTypes.OciLayer, Digest = diffId, Size = files.SizeOf(path)!.Value };

    private ImageException Missing(string path) => new($"{files.Name} is not whole: its {DockerArchive.ManifestPath} names {path}, which is not in it", Advice);
}
