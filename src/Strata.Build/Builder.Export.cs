using System.IO.Compression;
using Strata.Build.Graph;
using Strata.Build.Steps;
using Strata.Build.Trees;
using Strata.Oci;

namespace Strata.Build;

public sealed partial class Builder
{
    /// <summary>Writes the files of what was built to a folder, which is made when it is not there.</summary>
    /// <param name="split">A folder for each platform in it; null where there are several.</param>
    public async Task ExportFolderAsync(BuiltImage image, string folder, bool? split, CancellationToken cancellationToken)
    {
        using var lease = store.Lease();
        using var work = new WorkFolder(Path.Combine(store.Root, "builds"));
        foreach (var (platform, digest) in image.Platforms)
        {
            var target = split ?? image.Platforms.Count > 1 ? Path.Combine(folder, FolderOf(platform)) : folder;
            Directory.CreateDirectory(target);
            await SourceLayer.UnpackAsync(store, await FilesAsync(digest, work, cancellationToken).ConfigureAwait(false), target, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the files of what was built as a tar.</summary>
    /// <inheritdoc cref="ExportFolderAsync" path="/param[@name='split']"/>
    public async Task ExportTarAsync(BuiltImage image, Stream target, bool? split, CancellationToken cancellationToken)
    {
        using var lease = store.Lease();
        using var work = new WorkFolder(Path.Combine(store.Root, "builds"));
        var folders = new List<(string Folder, IReadOnlyList<CopySource> Files)>();
        foreach (var (platform, digest) in image.Platforms)
            folders.Add((split ?? image.Platforms.Count > 1 ? $"/{FolderOf(platform)}/" : "/", await FilesAsync(digest, work, cancellationToken).ConfigureAwait(false)));
        var layer = await SourceLayer.WriteAsync(store, folders, long.MaxValue, cancellationToken).ConfigureAwait(false);
        var gzip = new GZipStream(store.OpenBlob(layer.Descriptor.Digest), CompressionMode.Decompress);
        await using (gzip.ConfigureAwait(false)) await gzip.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As buildx names it: <c>linux_arm64</c>.</summary>
    private static string FolderOf(Platform platform) => platform.ToString().Replace('/', '_');

    private async Task<IReadOnlyList<CopySource>> FilesAsync(Digest digest, WorkFolder work, CancellationToken cancellationToken)
    {
        var details = images.Inspect(digest.ToString());
        var files = await images.FilesAsync(digest.ToString(), cancellationToken).ConfigureAwait(false);
        var tree = new ImageTree(store, BaseImages.LayersOf(details), files.Tree, work);
        return new SourceFinder(tree, [], withParents: false).Find("/");
    }
}
