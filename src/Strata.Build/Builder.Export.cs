using System.IO.Compression;
using Strata.Build.Graph;
using Strata.Build.Steps;
using Strata.Build.Trees;

namespace Strata.Build;

public sealed partial class Builder
{
    /// <summary>Writes the files of what was built to a folder, which is made when it is not there.</summary>
    public async Task ExportFolderAsync(BuiltImage image, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        using var lease = store.Lease();
        using var work = new WorkFolder(Path.Combine(store.Root, "builds"));
        await SourceLayer.UnpackAsync(store, await FilesAsync(image, work, cancellationToken).ConfigureAwait(false), folder, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the files of what was built as a tar.</summary>
    public async Task ExportTarAsync(BuiltImage image, Stream target, CancellationToken cancellationToken)
    {
        using var lease = store.Lease();
        using var work = new WorkFolder(Path.Combine(store.Root, "builds"));
        var layer = await SourceLayer.WriteAsync(store, await FilesAsync(image, work, cancellationToken).ConfigureAwait(false), long.MaxValue, cancellationToken).ConfigureAwait(false);
        var gzip = new GZipStream(store.OpenBlob(layer.Descriptor.Digest), CompressionMode.Decompress);
        await using (gzip.ConfigureAwait(false)) await gzip.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<CopySource>> FilesAsync(BuiltImage image, WorkFolder work, CancellationToken cancellationToken)
    {
        var details = images.Inspect(image.Id.ToString());
        var files = await images.FilesAsync(image.Id.ToString(), cancellationToken).ConfigureAwait(false);
        var tree = new ImageTree(store, BaseImages.LayersOf(details), files.Tree, work);
        return new SourceFinder(tree, [], withParents: false).Find("/");
    }
}
