using Strata.Build.Trees;
using Strata.Content;
using Strata.Layers;

namespace Strata.Build.Steps;

/// <summary>Files as a layer of their own, over nothing.</summary>
internal static class SourceLayer
{
    /// <param name="latest">Later times become this one, in seconds since 1970.</param>
    public static Task<WrittenLayer> WriteAsync(ContentStore store, IReadOnlyList<CopySource> sources, long latest, CancellationToken cancellationToken) =>
        WriteAsync(store, [("/", sources)], latest, cancellationToken);

    /// <summary>In a folder each.</summary>
    public static async Task<WrittenLayer> WriteAsync(
        ContentStore store, IReadOnlyList<(string Folder, IReadOnlyList<CopySource> Files)> folders, long latest, CancellationToken cancellationToken)
    {
        var layer = new PendingLayer(new LooseTree());
        var copier = new Copier(layer, new CopyRules(Owner: null, Mode: null, latest));
        foreach (var (folder, files) in folders)
            foreach (var source in files) copier.Copy(source, folder);
        return await layer.WriteAsync(store, compression: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Unpacks the files into a folder that is there. No name has the layer on the way, and the next sweep takes it.</summary>
    public static async Task UnpackAsync(ContentStore store, IReadOnlyList<CopySource> sources, string folder, CancellationToken cancellationToken)
    {
        var layer = await WriteAsync(store, sources, long.MaxValue, cancellationToken).ConfigureAwait(false);
        var blob = store.OpenBlob(layer.Descriptor.Digest);
        await using (blob.ConfigureAwait(false))
            await TreeTar.ExtractAsync(blob, folder, e => e, UnpackOptions.Default, cancellationToken).ConfigureAwait(false);
    }
}
