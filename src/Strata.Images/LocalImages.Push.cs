using Strata.Content;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    private const int PushConcurrency = 4;

    /// <summary>
    /// Pushes the image that has this name to the registry in it: what is there already is skipped, and what is sent is byte for byte what the
    /// store has, so the digest there is the digest here.
    /// </summary>
    /// <exception cref="ImageException">No image has this name.</exception>
    /// <exception cref="Strata.Registry.Client.RegistryException">The registry cannot be reached, or refuses.</exception>
    public async Task<PushResult> PushAsync(Reference name, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        using var lease = store.LeaseToRead();
        var image = new ImageResolver(store).Resolve(name.ToString())[0];
        var bytes = store.ReadDocument(image.Manifest.Digest, Manifest.MaxBytes);
        var manifest = Manifest.Parse(bytes);
        var tracker = new TransferTracker(progress, clock);
        foreach (var layer in manifest.Layers) tracker.Expect(layer, isLayer: true);
        tracker.Expect(manifest.Config, isLayer: false);
        tracker.Report(TransferPhase.Moving);

        var options = new ParallelOptions { MaxDegreeOfParallelism = PushConcurrency, CancellationToken = cancellationToken };
        var blobs = manifest.Layers.Append(manifest.Config).DistinctBy(b => b.Digest).OrderByDescending(b => b.Size);
        await Parallel.ForEachAsync(blobs, options, (blob, token) => PushBlobAsync(name, blob, tracker, token)).ConfigureAwait(false);
        await registries.PutManifestAsync(name, image.Manifest.MediaType, bytes, cancellationToken).ConfigureAwait(false);

        NoteIfWritable(image with { Name = name, RegistryDigest = image.Manifest.Digest });
        tracker.Report(TransferPhase.Done);
        return new PushResult(name, image.Manifest.Digest, image.Manifest.Size, tracker.Moved, tracker.Reused);
    }

    /// <summary>The registry has the image; that this store cannot note the digest there, as on a read-only disk, makes the push no failure.</summary>
    private void NoteIfWritable(NamedImage image)
    {
        try
        {
            ImageNames.Set(store, image);
        }
        catch (StoreException)
        {
            // Known at the registry.
        }
    }

    private async ValueTask PushBlobAsync(Reference name, Descriptor blob, TransferTracker tracker, CancellationToken cancellationToken)
    {
        if (await registries.HasBlobAsync(name, blob.Digest, cancellationToken).ConfigureAwait(false))
        {
            tracker.Reuse(blob.Digest);
            return;
        }
        tracker.Start(blob.Digest);
        await registries.PutBlobAsync(name, blob,
            () => new CountingStream(store.OpenBlob(blob.Digest), n => tracker.Advance(blob.Digest, n)), cancellationToken).ConfigureAwait(false);
        tracker.Finish(blob.Digest);
    }
}
