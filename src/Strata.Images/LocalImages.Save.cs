using Strata.Content;
using Strata.Images.Archives;
using Strata.Images.Transports;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// Writes images into one archive that <c>docker load</c> of any version takes, and that is an OCI image layout, too, so that digests
    /// survive; of an index it is this machine's image. A blob that several images share is there once. The archive is streamed; when this
    /// returns, it is complete.
    /// </summary>
    /// <param name="namesOrIds">Images of the store. One that is given by its ID has no name in the archive, as with docker.</param>
    /// <exception cref="ImageException">There is no such image, or it is damaged: then what was written is no archive.</exception>
    public async Task SaveAsync(IReadOnlyList<string> namesOrIds, Stream output, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        using var lease = store.LeaseToRead();
        var tracker = new TransferTracker(progress, clock);
        var resolver = new ImageResolver(store);
        // All are found before the first byte is written.
        var wanted = namesOrIds.Select(n => (Text: n, Image: resolver.Resolve(n)[0], Name: NameIn(n))).ToArray();
        foreach (var image in wanted) MarkUsed(image.Image.Manifest.Digest);
        var archive = new ImageArchiveWriter(output, forDocker: true);
        foreach (var image in wanted.GroupBy(w => w.Image.Manifest.Digest))
        {
            var first = image.First();
            Reference[] names = [.. image.Select(i => i.Name).OfType<Reference>().Distinct()];
            await CopyOneAsync(new StoreSource(store, first.Image, first.Text), new ArchiveTarget(archive, names, tag: null), tracker, first.Text, cancellationToken)
                .ConfigureAwait(false);
        }
        await archive.FinishAsync(cancellationToken).ConfigureAwait(false);
        tracker.Report(TransferPhase.Done);
    }

    /// <summary>The same into a file that appears whole or not at all.</summary>
    public async Task SaveAsync(IReadOnlyList<string> namesOrIds, string path, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        var file = new WholeFile(path);
        await using (file.ConfigureAwait(false))
        {
            await SaveAsync(namesOrIds, file.Content, progress, cancellationToken).ConfigureAwait(false);
            file.Commit();
        }
    }

    private static async Task CopyOneAsync(StoreSource source, ArchiveTarget target, TransferTracker tracker, string name, CancellationToken cancellationToken)
    {
        try
        {
            await new ImageCopy(source, target, tracker).RunAsync(wanted: null, allPlatforms: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ContentMissingException or ContentMismatchException)
        {
            throw new ImageException($"{name} is damaged: {e.Message}", "fetch what is missing with: strata repair", e);
        }
    }

    /// <summary>The name under which an image goes into an archive; null when it was given by its ID or digest.</summary>
    private Reference? NameIn(string nameOrId) =>
        Reference.TryParse(nameOrId, out var name) && name.Digest is null && ImageNames.Read(store).Any(i => Equals(i.Name, name)) ? name : null;
}
