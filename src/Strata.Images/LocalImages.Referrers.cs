using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// Keeps a document beside an image of the store, as a manifest whose subject is the image: the image's own digest stays, <see cref="PushAsync"/> brings it
    /// along, and it goes with the image. Another one of its kind that was kept before goes.
    /// </summary>
    /// <param name="kind">The artifact's type.</param>
    /// <param name="mediaType">Of the document.</param>
    /// <param name="documentAnnotations">Of the document's descriptor.</param>
    /// <returns>The manifest.</returns>
    public async Task<Descriptor> KeepAttachmentAsync(
        Digest image, string kind, string mediaType, byte[] document, IReadOnlyDictionary<string, string>? documentAnnotations, CancellationToken cancellationToken)
    {
        using var lease = store.Lease();
        var manifest = new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            ArtifactType = kind,
            Config = await store.AddDocumentAsync(MediaTypes.OciEmpty, EmptyDocument.Bytes, cancellationToken).ConfigureAwait(false),
            Layers = [(await store.AddDocumentAsync(mediaType, document, cancellationToken).ConfigureAwait(false)) with { Annotations = documentAnnotations }],
            Subject = new Descriptor { MediaType = MediaTypes.OciManifest, Digest = image, Size = new FileInfo(store.BlobPath(image)).Length },
        };
        return await KeepReferrerAsync(manifest, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps a manifest with a subject; its blobs are in the store, and a lease has been held since they were written.</summary>
    public async Task<Descriptor> KeepReferrerAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        var subject = manifest.Subject!.Digest;
        var before = Attachments(subject).Where(a => IsSameKind(a.Manifest, manifest)).ToArray();
        var kept = await store.AddDocumentAsync(MediaTypes.OciManifest, manifest.ToBytes(), cancellationToken).ConfigureAwait(false);
        store.AddReferrer(subject, kept.Digest);
        foreach (var (digest, _) in before.Where(b => b.Digest != kept.Digest)) store.RemoveReferrer(subject, digest);
        return kept;
    }

    /// <summary>What the store keeps about an image.</summary>
    public IReadOnlyList<(Digest Digest, Manifest Manifest)> Attachments(Digest image) =>
        [.. store.ReferrersOf(image).Where(store.Contains).Select(d => (d, ReadManifest(d)))];

    /// <summary>Brings along what is about an image, and about those below it where it is an index.</summary>
    private async Task PushReferrersAsync(Reference name, IEnumerable<Digest> subjects, CancellationToken cancellationToken)
    {
        foreach (var (_, manifest) in subjects.SelectMany(Attachments))
        {
            await PushBlobsAsync(name, manifest, cancellationToken).ConfigureAwait(false);
            await registries.PutReferrerAsync(name, manifest, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PushBlobsAsync(Reference name, Manifest manifest, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = PushConcurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(manifest.Layers.Append(manifest.Config).DistinctBy(b => b.Digest), options, async (blob, token) =>
        {
            if (await registries.HasBlobAsync(name, blob.Digest, token).ConfigureAwait(false)) return;
            await registries.PutBlobAsync(name, blob, () => store.OpenBlob(blob.Digest), mountFrom: null, token).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private static bool IsSameKind(Manifest one, Manifest other)
    {
        static string? Predicate(Manifest manifest) => manifest.Layers.Count > 0 ? Attachment.PredicateOf(manifest.Layers[0]) : null;
        return one.ArtifactType == other.ArtifactType && Predicate(one) == Predicate(other);
    }
}
