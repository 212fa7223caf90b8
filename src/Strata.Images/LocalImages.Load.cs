using Strata.Content;
using Strata.Images.Archives;
using Strata.Images.Transports;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// Takes in all images of an archive: of <c>docker save</c> of any version, an oci-archive, or an OCI layout in a tar; plain or compressed
    /// with gzip or zstd. When this returns, each is whole, and its names lead to it.
    /// </summary>
    /// <param name="source">The archive; is disposed. A file on disk is read where it lies, anything else is written out beside the store first.</param>
    /// <param name="shownAs">What a person calls the archive.</param>
    /// <param name="options">Which images of an index: null is this machine's, or the only one there is.</param>
    /// <exception cref="ImageException">It is no such archive, is cut off or damaged; names are as they were.</exception>
    public async Task<IReadOnlyList<LoadedImage>> LoadAsync(
        Stream source, string shownAs, CopyOptions options, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        using var lease = store.Lease();
        progress?.Report(TransferProgress.Resolving);
        var tracker = new TransferTracker(progress, clock);
        using var files = await ArchiveFiles.OpenAsync(source, shownAs, SpoolFolder, cancellationToken).ConfigureAwait(false);
        var images = await ArchivedImage.ReadAsync(files, cancellationToken).ConfigureAwait(false);
        // All content first, then all names: an archive that is damaged at its end has changed no name.
        var taken = new List<(Descriptor Manifest, IReadOnlyList<Reference> Names)>();
        foreach (var image in images.GroupBy(i => i.Entry?.Digest ?? default))
        {
            foreach (var one in image.Key.IsKnown ? image.Take(1) : image)
            {
                var manifest = await TakeInAsync(files, one, options, tracker, cancellationToken).ConfigureAwait(false);
                taken.Add((manifest, [.. (image.Key.IsKnown ? image.SelectMany(i => i.Names) : one.Names).Distinct()]));
            }
        }
        var loaded = new List<LoadedImage>();
        foreach (var (manifest, names) in taken)
        {
            MarkUsed(manifest.Digest);
            if (names.Count == 0) ImageNames.Keep(store, manifest);
            foreach (var name in names) ImageNames.Set(store, new NamedImage(name, manifest, RegistryDigest: null));
            var id = _stored.Representative(manifest) is { } shown ? _stored.TryConfig(shown) : null;
            loaded.Add(new LoadedImage(id ?? throw new ImageException($"{shownAs} has an index without an image in it"), manifest.Digest, names));
        }
        tracker.Report(TransferPhase.Done);
        return loaded;
    }

    private async Task<Descriptor> TakeInAsync(
        ArchiveFiles files, ArchivedImage image, CopyOptions options, TransferTracker tracker, CancellationToken cancellationToken)
    {
        try
        {
            if (image.Docker is { } old) return await new DockerArchiveIntake(store, _pass, files, tracker).TakeInAsync(old, cancellationToken).ConfigureAwait(false);
            var source = new LayoutSource(files, image.Entry!, ownsFiles: false);
            var target = new StoreTarget(store, _pass, names: null);
            await using (source.ConfigureAwait(false))
            await using (target.ConfigureAwait(false))
            {
                var chosen = options.Platform ?? (options.AllPlatforms ? null : await OnlyPlatformAsync(source, cancellationToken).ConfigureAwait(false));
                return await new ImageCopy(source, target, tracker).RunAsync(chosen, options.AllPlatforms, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ContentMismatchException e)
        {
            throw new ImageException($"{files.Name} is damaged: {e.Message}", "nothing of it was kept; save the image again", e);
        }
    }

    /// <summary>An archive with one platform is meant, even when it is another machine's.</summary>
    private static async Task<Platform> OnlyPlatformAsync(LayoutSource source, CancellationToken cancellationToken)
    {
        var top = await source.ResolveAsync(cancellationToken).ConfigureAwait(false);
        if (!MediaTypes.IsIndex(top.Descriptor.MediaType)) return Platform.Host;
        var flat = new FlatIndex(source.Name, ImageIndex.Parse(top.Bytes));
        while (flat.TryNext(out var inner)) flat.Add(inner, ImageIndex.Parse((await source.GetManifestAsync(inner, cancellationToken).ConfigureAwait(false)).Bytes));
        var offered = PlatformChoice.Offered(flat.Index).ToArray();
        return offered.Length == 1 ? offered[0] : Platform.Host;
    }
}
