using Strata.Content;
using Strata.Images.Archives;
using Strata.Images.Transports;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// Copies an image from one place to another, byte for byte: the digest at the target is the digest at the source. Of several platforms,
    /// one is chosen unless all are asked for, or the store has all, and the target can hold them. When this returns, the target is whole and named.
    /// </summary>
    /// <exception cref="ImageException">The source has no such image or is damaged, or the target cannot hold it.</exception>
    /// <exception cref="Strata.Registry.Client.RegistryException">A registry cannot be reached, or refuses.</exception>
    public async Task<CopyResult> CopyAsync(
        ImageLocation source, ImageLocation target, CopyOptions options, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        using var lease = store.Lease();
        progress?.Report(TransferProgress.Resolving);
        var tracker = new TransferTracker(progress, clock);
        var from = await OpenSourceAsync(source, tracker, cancellationToken).ConfigureAwait(false);
        await using (from.ConfigureAwait(false))
        {
            try
            {
                var top = await CopyToAsync(from, target, options, tracker, cancellationToken).ConfigureAwait(false);
                MarkUsed(top.Digest);
                tracker.Report(TransferPhase.Done);
                return new CopyResult(top.Digest, top.MediaType, tracker.Moved, tracker.Reused);
            }
            catch (Exception e) when (e is ContentMismatchException or ContentMissingException)
            {
                throw new ImageException($"{from.Name} is damaged: {e.Message}", "nothing of it was named at the target; `strata repair` mends the store, a copy has to be made again", e);
            }
        }
    }

    private async Task<Descriptor> CopyToAsync(
        IImageSource source, ImageLocation target, CopyOptions options, TransferTracker tracker, CancellationToken cancellationToken)
    {
        if (target.Kind is LocationKind.OciArchive or LocationKind.DockerArchive)
        {
            var file = new WholeFile(target.Path);
            await using (file.ConfigureAwait(false))
            {
                var archive = new ImageArchiveWriter(file.Content, forDocker: target.Kind == LocationKind.DockerArchive);
                var one = new ArchiveTarget(archive, target.Reference is { } name ? [name] : [], target.Kind == LocationKind.OciArchive ? target.Tag : null);
                var top = await new ImageCopy(source, one, tracker).RunAsync(options.Platform, options.AllPlatforms, cancellationToken).ConfigureAwait(false);
                await archive.FinishAsync(cancellationToken).ConfigureAwait(false);
                file.Commit();
                return top;
            }
        }
        IImageTarget to = target.Kind switch
        {
            LocationKind.OciFolder => new LayoutFolderTarget(target.Path, target.Tag),
            LocationKind.Registry => new RegistryTarget(registries, target.Reference!),
            LocationKind.Bare when target.NamesItsRegistry => new RegistryTarget(registries, NameOf(target)),
            _ => new StoreTarget(store, _pass, [NameOf(target)]),
        };
        await using (to.ConfigureAwait(false))
            return await new ImageCopy(source, to, tracker).RunAsync(options.Platform, options.AllPlatforms, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IImageSource> OpenSourceAsync(ImageLocation location, TransferTracker tracker, CancellationToken cancellationToken)
    {
        switch (location.Kind)
        {
            case LocationKind.Store:
                return new StoreSource(store, new ImageResolver(store).Resolve(location.Tag!)[0], location.Tag!);
            case LocationKind.Registry:
                return new RegistrySource(registries, location.Reference!);
            case LocationKind.Bare:
                if (new ImageResolver(store).Find(location.Tag!) is { } here) return new StoreSource(store, here, location.Tag!);
                return new RegistrySource(registries, location.Reference ?? throw new ImageException($"'{location.Tag}' is neither an image of the store nor a name",
                    "write a name, or oci:DIR, oci-archive:FILE, docker-archive:FILE, docker://NAME"));
            default:
                return await OpenLayoutAsync(location, tracker, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IImageSource> OpenLayoutAsync(ImageLocation location, TransferTracker tracker, CancellationToken cancellationToken)
    {
        ILayoutFiles files = location.Kind == LocationKind.OciFolder
            ? Directory.Exists(location.Path) ? new FolderFiles(location.Path) : throw new ImageException($"there is no folder {location.Path}", "oci: takes the folder of an OCI image layout")
            : await ArchiveFiles.OpenAsync(OpenFile(location.Path), location.Path, SpoolFolder, cancellationToken).ConfigureAwait(false);
        try
        {
            var image = ArchivedImage.Choose(await ArchivedImage.ReadAsync(files, cancellationToken).ConfigureAwait(false), location.Tag, location.Path);
            if (image.Entry is not null) return new LayoutSource(files, image.Entry, ownsFiles: true);
            // An archive of the old form has no manifest whose digest could be kept: its image is made in the store, and goes on from there.
            var manifest = await new DockerArchiveIntake(store, _pass, files, tracker).TakeInAsync(image.Docker!, cancellationToken).ConfigureAwait(false);
            files.Dispose();
            return new StoreSource(store, new NamedImage(null, manifest, null), location.Path);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    private static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path)) throw new ImageException($"{path} is a folder and should be an archive", $"an OCI layout in a folder is read as oci:{path}");
        try
        {
            return new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageException($"there is no file {path}", "check the path", e);
        }
    }

    /// <summary>What a killed process leaves there is swept.</summary>
    private string SpoolFolder => Path.Combine(store.Root, "ingest");

    private static Reference NameOf(ImageLocation location)
    {
        if (location.Reference is not { } name) throw new ImageException($"'{location.Tag}' is no name that an image can get", "a name looks like app:1.0 or 127.0.0.1:5000/team/app:1.0");
        return name.Digest is null ? name : throw new ImageException($"{name.Familiar} has a digest", "a new name has a tag: NAME:TAG");
    }
}
