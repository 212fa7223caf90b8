using Strata.Images.Archives;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// Brings an index with all that it names: the images of all platforms, and attestations as they are. Only this machine's image is
    /// unpacked. When this returns, everything below the index is here, and the name leads to the index.
    /// </summary>
    private async Task<PullResult> PullIndexAsync(
        Reference name, FetchedManifest top, PullOptions options, TransferTracker tracker, CancellationToken cancellationToken)
    {
        var (flat, inner) = await FlatAsync(name, top, cancellationToken).ConfigureAwait(false);
        var index = flat.Index;
        if (!PlatformChoice.Images(index).Any())
            throw new ImageException($"{name.Familiar} is an index without an image in it", "`strata manifest` shows what it names");
        var host = PlatformChoice.Of(index, Platform.Host)?.Digest;
        var parts = new List<(FetchedManifest Fetched, Manifest Manifest)>();
        foreach (var below in index.Manifests.DistinctBy(m => m.Digest))
        {
            var fetched = await registries.GetManifestAsync(name.WithDigest(below.Digest), cancellationToken).ConfigureAwait(false);
            if (!MediaTypes.IsManifest(fetched.Descriptor.MediaType)) throw NoImage(name, fetched);
            var manifest = ParseAt(name, () => Manifest.Parse(fetched.Bytes));
            foreach (var layer in manifest.Layers) tracker.Expect(layer, isLayer: true);
            tracker.Expect(manifest.Config, isLayer: false);
            parts.Add((fetched, manifest));
        }
        // What this machine runs comes first: an attempt that is cut off then leaves what is needed most.
        foreach (var (fetched, manifest) in parts.OrderByDescending(p => p.Fetched.Descriptor.Digest == host))
        {
            if (LayerTypes.AreOfFiles(manifest))
            {
                var config = await TakeInConfigAsync(name, manifest, tracker, cancellationToken).ConfigureAwait(false);
                var unpack = options.Unpack && fetched.Descriptor.Digest == host;
                await TakeInLayersAsync(name, manifest, config, options with { Unpack = unpack }, tracker, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                foreach (var blob in manifest.Layers.Append(manifest.Config).DistinctBy(b => b.Digest))
                    await TakeInBlobAsync(name, blob, tracker, cancellationToken).ConfigureAwait(false);
            }
            await store.AddDocumentAsync(fetched.Descriptor.MediaType, fetched.Bytes, cancellationToken).ConfigureAwait(false);
        }
        foreach (var document in inner) await store.AddDocumentAsync(document.Descriptor.MediaType, document.Bytes, cancellationToken).ConfigureAwait(false);
        await store.AddDocumentAsync(top.Descriptor.MediaType, top.Bytes, cancellationToken).ConfigureAwait(false);
        var before = ImageNames.Read(store).FirstOrDefault(i => Equals(i.Name, name));
        ImageNames.Set(store, new NamedImage(name, Plain(top.Descriptor), top.Descriptor.Digest), replaces: m => parts.Exists(p => p.Fetched.Descriptor.Digest == m));
        MarkUsed(top.Descriptor.Digest);
        tracker.Report(TransferPhase.Done);
        var shown = _stored.Representative(top.Descriptor)!;
        return new PullResult(name, top.Descriptor.Digest, _stored.TryConfig(shown)!.Value,
            IsNew: before?.Manifest.Digest != top.Descriptor.Digest, tracker.Moved, tracker.Reused);
    }

    /// <summary>Content that is no layer of files, by its digest; it goes on where an earlier attempt stopped.</summary>
    private async Task TakeInBlobAsync(Reference name, Descriptor blob, TransferTracker tracker, CancellationToken cancellationToken)
    {
        if (store.Contains(blob.Digest))
        {
            tracker.Reuse(blob.Digest);
            return;
        }
        tracker.Start(blob.Digest);
        await _pass.StoreAsync((offset, stop) => registries.OpenBlobAsync(name, blob, offset, stop), blob, tracker.For(blob.Digest), cancellationToken)
            .ConfigureAwait(false);
        tracker.Finish(blob.Digest);
    }
}
