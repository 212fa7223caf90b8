using Strata.Images.Archives;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images.Transports;

/// <summary>
/// Moves an image from a source to a target, byte for byte, so that its digest there is its digest here. Layers go first and at once as far as
/// the target allows; what it has is skipped; the name comes last.
/// </summary>
internal sealed class ImageCopy(IImageSource source, IImageTarget target, TransferTracker tracker)
{
    /// <param name="wanted">Which image of an index; null is this machine's, or from the store the whole index if the target can hold it.</param>
    /// <param name="allPlatforms">The whole index; a target that cannot hold it is an error.</param>
    /// <returns>What the target's name leads to.</returns>
    public async Task<Descriptor> RunAsync(Platform? wanted, bool allPlatforms, CancellationToken cancellationToken)
    {
        var top = await source.ResolveAsync(cancellationToken).ConfigureAwait(false);
        var images = new List<FetchedManifest>();
        FlatIndex? inner = null;
        if (MediaTypes.IsIndex(top.Descriptor.MediaType))
        {
            inner = await FlatAsync(top, cancellationToken).ConfigureAwait(false);
            var index = inner.Index;
            var platform = wanted ?? Platform.Host;
            allPlatforms |= wanted is null && source is StoreSource && target.HoldsIndexes;
            if (allPlatforms && !target.HoldsIndexes)
                throw new ImageException($"{source.Name} has several platforms, and the target holds one", "choose with --platform, or copy to a registry or an OCI layout");
            if (allPlatforms)
            {
                foreach (var child in index.Manifests.DistinctBy(m => m.Digest)) images.Add(await source.GetManifestAsync(child, cancellationToken).ConfigureAwait(false));
            }
            else
            {
                top = await source.GetManifestAsync(PlatformChoice.Of(index, platform) ?? throw PlatformChoice.None(source.Name, index, platform), cancellationToken).ConfigureAwait(false);
                images.Add(top);
                inner = null;
            }
        }
        else
        {
            images.Add(top);
        }
        await CopyAllAsync(images, inner?.Inner ?? [], top, cancellationToken).ConfigureAwait(false);
        return top.Descriptor;
    }

    /// <summary>An index of the source with all indexes within it.</summary>
    private async Task<FlatIndex> FlatAsync(FetchedManifest top, CancellationToken cancellationToken)
    {
        var flat = new FlatIndex(source.Name, Parse(() => ImageIndex.Parse(top.Bytes)));
        while (flat.TryNext(out var inner))
        {
            var document = await source.GetManifestAsync(inner, cancellationToken).ConfigureAwait(false);
            flat.Add(inner, Parse(() => ImageIndex.Parse(document.Bytes)));
        }
        return flat;
    }

    private async Task CopyAllAsync(List<FetchedManifest> images, IReadOnlyList<Descriptor> inner, FetchedManifest top, CancellationToken cancellationToken)
    {
        var parts = new List<(FetchedManifest Manifest, Manifest Parsed, FetchedManifest Config)>();
        foreach (var image in images)
        {
            if (!MediaTypes.IsManifest(image.Descriptor.MediaType))
                throw new ImageException($"{source.Name} has the media type {image.Descriptor.MediaType}, which is no image", "images in Docker's schema 1 are not supported");
            var parsed = Parse(() => Manifest.Parse(image.Bytes));
            foreach (var layer in parsed.Layers) tracker.Expect(layer, isLayer: true);
            tracker.Expect(parsed.Config, isLayer: false);
            if (target is StoreTarget && image == top && !LayerTypes.AreOfFiles(parsed))
                throw new ImageException($"{source.Name} is not a container image but an artifact of type {parsed.ArtifactType ?? parsed.Config.MediaType}",
                    "the store holds images; copy it to a registry or a layout");
            parts.Add((image, parsed, await ReadConfigAsync(parsed.Config, cancellationToken).ConfigureAwait(false)));
        }
        tracker.Report(TransferPhase.Moving);
        foreach (var (manifest, parsed, config) in parts)
        {
            await PutLayersAsync(parsed, DiffIds(parsed, config), cancellationToken).ConfigureAwait(false);
            await target.PutDocumentAsync(config, cancellationToken).ConfigureAwait(false);
            tracker.Finish(config.Descriptor.Digest);
            if (manifest != top) await target.PutDocumentAsync(manifest, cancellationToken).ConfigureAwait(false);
        }
        foreach (var index in inner) await target.PutDocumentAsync(await source.GetManifestAsync(index, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        await target.NameAsync(top, cancellationToken).ConfigureAwait(false);
    }

    private async Task PutLayersAsync(Manifest manifest, IReadOnlyList<Digest>? diffIds, CancellationToken cancellationToken)
    {
        // The largest first: the last one to finish decides how long the whole takes.
        var layers = manifest.Layers.Select((layer, i) => (Layer: layer, DiffId: diffIds?[i])).DistinctBy(l => l.Layer.Digest)
            .OrderByDescending(l => target.Concurrency > 1 ? l.Layer.Size : 0);
        var options = new ParallelOptions { MaxDegreeOfParallelism = target.Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(layers, options, async (item, token) =>
        {
            var (layer, diffId) = item;
            if (await target.HasBlobAsync(layer, token).ConfigureAwait(false))
            {
                // A target that keeps facts of its layers may lack them.
                if (target is StoreTarget) await target.PutLayerAsync(layer, diffId, t => source.OpenBlobAsync(layer, t), _ => { }, token).ConfigureAwait(false);
                tracker.Reuse(layer.Digest);
                return;
            }
            tracker.Start(layer.Digest);
            await target.PutLayerAsync(layer, diffId, t => source.OpenBlobAsync(layer, t), n => tracker.Advance(layer.Digest, n), token).ConfigureAwait(false);
            tracker.Finish(layer.Digest);
        }).ConfigureAwait(false);
    }

    private async Task<FetchedManifest> ReadConfigAsync(Descriptor config, CancellationToken cancellationToken)
    {
        if (config.Size > ImageConfig.MaxBytes)
            throw new ImageException($"the config of {source.Name} has {config.Size} bytes; at most {ImageConfig.MaxBytes} are allowed");
        using var bytes = new MemoryStream((int)config.Size);
        var stream = await source.OpenBlobAsync(config, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false)) await stream.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        return new FetchedManifest(config, bytes.ToArray());
    }

    /// <summary>Null for what is no image of a file system, such as an attestation.</summary>
    private List<Digest>? DiffIds(Manifest manifest, FetchedManifest config)
    {
        if (!LayerTypes.AreOfFiles(manifest)) return null;
        var parsed = Parse(() => ImageConfig.Parse(config.Bytes));
        if (parsed.RootFs.DiffIds.Count == manifest.Layers.Count) return [.. parsed.RootFs.DiffIds];
        if (target is not StoreTarget) return null;
        throw new ImageException($"{source.Name} is not whole: its manifest has {manifest.Layers.Count} layers, its config {parsed.RootFs.DiffIds.Count}",
            "ask who made it to make it again");
    }

    private T Parse<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (DocumentException e)
        {
            throw new ImageException($"{source.Name} cannot be read: {e.Message}", "ask who made it to make it again", e);
        }
    }
}
