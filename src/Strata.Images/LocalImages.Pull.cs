using Strata.Content;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// Brings an image of one platform into the store, or of all: what is there already is not fetched again. When this returns, the image is whole, its
    /// layers are indexed and were shown to the observers, and its name leads to it.
    /// </summary>
    /// <exception cref="ImageException">The image is not usable; the store is as it was, but for layers that are whole.</exception>
    /// <exception cref="Strata.Registry.Client.RegistryException">The registry cannot be reached, does not have it, or refuses.</exception>
    public async Task<PullResult> PullAsync(
        Reference name, PullOptions options, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        using var lease = store.Lease();
        progress?.Report(TransferProgress.Resolving);
        var (top, chosen) = await ResolveAsync(name, options.Platform ?? Platform.Host, options.AllPlatforms, cancellationToken).ConfigureAwait(false);
        var tracker = new TransferTracker(progress, clock);
        if (MediaTypes.IsIndex(chosen.Descriptor.MediaType)) return await PullIndexAsync(name, top, options, tracker, cancellationToken).ConfigureAwait(false);
        var manifest = ParseAt(name, () => Manifest.Parse(chosen.Bytes));
        if (!IsImage(manifest))
            throw new ImageException($"{name.Familiar} is not a container image but an artifact of type {manifest.ArtifactType ?? manifest.Config.MediaType}",
                "a tool for that type can fetch it; `strata manifest` will show it");

        foreach (var layer in manifest.Layers) tracker.Expect(layer, isLayer: true);
        tracker.Expect(manifest.Config, isLayer: false);
        var config = await TakeInConfigAsync(name, manifest, tracker, cancellationToken).ConfigureAwait(false);
        await TakeInLayersAsync(name, manifest, config, options, tracker, cancellationToken).ConfigureAwait(false);

        await store.AddDocumentAsync(chosen.Descriptor.MediaType, chosen.Bytes, cancellationToken).ConfigureAwait(false);
        if (top.Descriptor.Digest != chosen.Descriptor.Digest)
            await store.AddDocumentAsync(top.Descriptor.MediaType, top.Bytes, cancellationToken).ConfigureAwait(false);
        var before = ImageNames.Read(store).FirstOrDefault(i => Equals(i.Name, name));
        // Who has all platforms of it keeps them: what was asked for is what the name stands for already.
        var isBelow = options.Platform is null && before?.Manifest.Digest == top.Descriptor.Digest;
        if (!isBelow) ImageNames.Set(store, new NamedImage(name, Plain(chosen.Descriptor), top.Descriptor.Digest));
        MarkUsed(chosen.Descriptor.Digest);
        tracker.Report(TransferPhase.Done);
        return new PullResult(name, top.Descriptor.Digest, manifest.Config.Digest,
            IsNew: !isBelow && before?.Manifest.Digest != chosen.Descriptor.Digest, tracker.Moved, tracker.Reused);
    }

    private async Task<ImageConfig> TakeInConfigAsync(Reference name, Manifest manifest, TransferTracker tracker, CancellationToken cancellationToken)
    {
        if (manifest.Config.Size > ImageConfig.MaxBytes)
            throw new ImageException($"the config of {name.Familiar} has {manifest.Config.Size} bytes; at most {ImageConfig.MaxBytes} are allowed");
        using (var partial = await store.ResumeAsync(manifest.Config, cancellationToken).ConfigureAwait(false))
        {
            if (partial is null) tracker.Reuse(manifest.Config.Digest);
            else await FetchConfigAsync(name, manifest.Config, partial, tracker, cancellationToken).ConfigureAwait(false);
        }
        var config = ParseAt(name, () => ReadConfig(manifest));
        if (config.RootFs.DiffIds.Count != manifest.Layers.Count)
            throw new ImageException($"{name.Familiar} is not whole: its manifest has {manifest.Layers.Count} layers, its config {config.RootFs.DiffIds.Count}",
                "ask who published it to push it again");
        return config;
    }

    /// <summary>As layers are: what an earlier attempt left is not fetched again, and another process that wants it waits.</summary>
    private async Task FetchConfigAsync(Reference name, Descriptor config, PartialBlob partial, TransferTracker tracker, CancellationToken cancellationToken)
    {
        tracker.Start(config.Digest);
        tracker.For(config.Digest).Kept(partial.Length);
        var blob = new ArrivingStream(partial, config.Size, (offset, stop) => registries.OpenBlobAsync(name, config, offset, stop), tracker.For(config.Digest));
        await using (blob.ConfigureAwait(false))
        {
            try
            {
                await blob.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
                partial.Commit();
            }
            catch (ContentMismatchException e)
            {
                throw new ImageException($"{name.Registry} sent a wrong config for {name.Familiar}: {e.Message}",
                    "nothing was kept; pull again, and if it stays so, tell the registry's operator", e);
            }
        }
        tracker.Finish(config.Digest);
    }

    private async Task TakeInLayersAsync(
        Reference name, Manifest manifest, ImageConfig config, PullOptions options, TransferTracker tracker, CancellationToken cancellationToken)
    {
        // The largest first: the last one to finish decides how long the whole takes.
        var layers = manifest.Layers.Zip(config.RootFs.DiffIds).DistinctBy(l => l.First.Digest).OrderByDescending(l => l.First.Size);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Clamp(options.Concurrency, 1, 16), CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(layers, parallel, async (layer, token) =>
        {
            var (descriptor, diffId) = layer;
            if (store.Contains(descriptor.Digest))
            {
                await _pass.CatchUpAsync(descriptor, diffId, options.Unpack, token).ConfigureAwait(false);
                tracker.Reuse(descriptor.Digest);
                return;
            }
            tracker.Start(descriptor.Digest);
            await _pass.TakeInAsync((offset, stop) => registries.OpenBlobAsync(name, descriptor, offset, stop),
                descriptor, diffId, options.Unpack, tracker.For(descriptor.Digest), token).ConfigureAwait(false);
            tracker.Finish(descriptor.Digest);
        }).ConfigureAwait(false);
    }

    /// <summary>The descriptor as the store's index keeps it: nothing that depends on the way the manifest was found.</summary>
    private static Descriptor Plain(Descriptor manifest) => new() { MediaType = manifest.MediaType, Digest = manifest.Digest, Size = manifest.Size };

    private static bool IsImage(Manifest manifest) => manifest.Config.MediaType is MediaTypes.OciConfig or MediaTypes.DockerConfig;

    private static T ParseAt<T>(Reference name, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (DocumentException e)
        {
            throw new ImageException($"{name.Familiar} cannot be read: {e.Message}", "ask who published it to push it again", e);
        }
    }
}
