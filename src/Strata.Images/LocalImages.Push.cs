using Strata.Content;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    private const int PushConcurrency = 4;

    /// <summary>
    /// Pushes the image that has this name to the registry in it: what is there already is skipped, and what is sent is byte for byte what the
    /// store has, so the digest there is the digest here. An index goes with all that is below it.
    /// </summary>
    /// <exception cref="ImageException">No image has this name.</exception>
    /// <exception cref="Strata.Registry.Client.RegistryException">The registry cannot be reached, or refuses.</exception>
    public async Task<PushResult> PushAsync(Reference name, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        using var lease = store.LeaseToRead();
        var image = new ImageResolver(store).Resolve(name.ToString())[0];
        var parts = _stored.Manifests(image.Manifest).Select(m => (Descriptor: m, Bytes: store.ReadDocument(m.Digest, Manifest.MaxBytes))).ToArray();
        var manifests = parts.Select(p => Manifest.Parse(p.Bytes)).ToArray();
        var tracker = new TransferTracker(progress, clock);
        foreach (var layer in manifests.SelectMany(m => m.Layers)) tracker.Expect(layer, isLayer: true);
        foreach (var manifest in manifests) tracker.Expect(manifest.Config, isLayer: false);
        tracker.Report(TransferPhase.Moving);

        var options = new ParallelOptions { MaxDegreeOfParallelism = PushConcurrency, CancellationToken = cancellationToken };
        var blobs = manifests.SelectMany(m => m.Layers.Append(m.Config)).DistinctBy(b => b.Digest).OrderByDescending(b => b.Size);
        var elsewhere = RepositoriesWith(name);
        await Parallel.ForEachAsync(blobs, options, (blob, token) => PushBlobAsync(name, blob, elsewhere.GetValueOrDefault(blob.Digest), tracker, token)).ConfigureAwait(false);
        // A registry takes an index only when it has what the index names.
        foreach (var (descriptor, bytes) in parts.Where(p => p.Descriptor.Digest != image.Manifest.Digest))
            await registries.PutManifestAsync(name.WithDigest(descriptor.Digest), descriptor.MediaType, bytes, cancellationToken).ConfigureAwait(false);
        foreach (var inner in _stored.InnerIndexes(image.Manifest))
            await registries.PutManifestAsync(name.WithDigest(inner.Digest), inner.MediaType, store.ReadDocument(inner.Digest, Manifest.MaxBytes), cancellationToken).ConfigureAwait(false);
        var top = store.ReadDocument(image.Manifest.Digest, Manifest.MaxBytes);
        await registries.PutManifestAsync(name, image.Manifest.MediaType, top, cancellationToken).ConfigureAwait(false);

        await PushReferrersAsync(name, [.. parts.Select(p => p.Descriptor.Digest).Append(image.Manifest.Digest).Distinct()], cancellationToken).ConfigureAwait(false);

        NoteIfWritable(image with { Name = name, RegistryDigest = image.Manifest.Digest });
        MarkUsed(image.Manifest.Digest);
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

    /// <summary>
    /// For each blob of the store, another repository of the registry that is known to have it: one that an image was pulled from or pushed to.
    /// </summary>
    private Dictionary<Digest, string> RepositoriesWith(Reference name)
    {
        var found = new Dictionary<Digest, string>();
        foreach (var image in ImageNames.Read(store))
        {
            if (image.RegistryDigest is null || image.Name is not { } other || other.Registry != name.Registry || other.Repository == name.Repository) continue;
            foreach (var blob in TryBlobs(image)) found.TryAdd(blob, other.Repository);
        }
        return found;
    }

    /// <summary>An image that is damaged here tells nothing of what a registry has.</summary>
    private IEnumerable<Digest> TryBlobs(NamedImage image)
    {
        try
        {
            return [.. _stored.Manifests(image.Manifest).Select(m => ReadManifest(m.Digest)).SelectMany(m => m.Layers.Append(m.Config)).Select(b => b.Digest)];
        }
        catch (Exception e) when (e is DocumentException or ContentMissingException or ContentMismatchException)
        {
            return [];
        }
    }

    private async ValueTask PushBlobAsync(Reference name, Descriptor blob, string? elsewhere, TransferTracker tracker, CancellationToken cancellationToken)
    {
        if (await registries.HasBlobAsync(name, blob.Digest, cancellationToken).ConfigureAwait(false))
        {
            tracker.Reuse(blob.Digest);
            return;
        }
        tracker.Start(blob.Digest);
        var mounted = await registries.PutBlobAsync(name, blob,
            () => new CountingStream(store.OpenBlob(blob.Digest), n => tracker.Advance(blob.Digest, n)), elsewhere, cancellationToken).ConfigureAwait(false);
        if (mounted) tracker.Reuse(blob.Digest);
        else tracker.Finish(blob.Digest);
    }
}
