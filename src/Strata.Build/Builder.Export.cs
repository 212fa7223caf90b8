using System.IO.Compression;
using Strata.Build.Graph;
using Strata.Build.Steps;
using Strata.Build.Trees;
using Strata.Layers;

namespace Strata.Build;

public sealed partial class Builder
{
    /// <summary>Writes the files of what was built to a folder, which is made when it is not there.</summary>
    public async Task ExportFolderAsync(BuiltImage image, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        using var lease = store.Lease();
        var layer = await FlattenAsync(image, cancellationToken).ConfigureAwait(false);
        var blob = store.OpenBlob(layer.Descriptor.Digest);
        await using (blob.ConfigureAwait(false))
            await TreeTar.ExtractAsync(blob, folder, e => e, UnpackOptions.Default, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the files of what was built as a tar.</summary>
    public async Task ExportTarAsync(BuiltImage image, Stream target, CancellationToken cancellationToken)
    {
        using var lease = store.Lease();
        var layer = await FlattenAsync(image, cancellationToken).ConfigureAwait(false);
        var gzip = new GZipStream(store.OpenBlob(layer.Descriptor.Digest), CompressionMode.Decompress);
        await using (gzip.ConfigureAwait(false)) await gzip.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All files as one layer; nothing names it, and the next sweep takes it.</summary>
    private async Task<WrittenLayer> FlattenAsync(BuiltImage image, CancellationToken cancellationToken)
    {
        using var work = new WorkFolder(Path.Combine(store.Root, "builds"));
        var details = images.Inspect(image.Id.ToString());
        var files = await images.FilesAsync(image.Id.ToString(), cancellationToken).ConfigureAwait(false);
        var tree = new ImageTree(store, BaseImages.LayersOf(details), files.Tree, work);
        var layer = new PendingLayer(new LooseTree());
        var copier = new Copier(layer, new CopyRules(null, null, long.MaxValue));
        foreach (var source in new SourceFinder(tree, [], withParents: false).Find("/")) copier.Copy(source, "/");
        return await layer.WriteAsync(store, cancellationToken).ConfigureAwait(false);
    }
}
