using Strata.Images.Archives;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images.Transports;

/// <summary>One image of an archive that is being written; several may share the archive and its blobs.</summary>
internal sealed class ArchiveTarget(ImageArchiveWriter archive, IReadOnlyList<Reference> names, string? tag) : IImageTarget
{
    /// <summary>An archive is one stream.</summary>
    public int Concurrency => 1;

    /// <summary>Docker's manifest.json knows images only.</summary>
    public bool HoldsIndexes => !archive.ForDocker;

    public Task<bool> HasBlobAsync(Descriptor blob, CancellationToken cancellationToken) => Task.FromResult(archive.Has(blob.Digest));

    public async Task PutLayerAsync(
        Descriptor layer, Digest? diffId, Func<CancellationToken, Task<Stream>> open, Action<int> advance, CancellationToken cancellationToken)
    {
        var source = await open(cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false)) await archive.WriteBlobAsync(layer, source, advance, cancellationToken).ConfigureAwait(false);
    }

    public async Task PutDocumentAsync(FetchedManifest document, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(document.Bytes, writable: false);
        await archive.WriteBlobAsync(document.Descriptor, bytes, _ => { }, cancellationToken).ConfigureAwait(false);
    }

    public async Task NameAsync(FetchedManifest top, CancellationToken cancellationToken)
    {
        await PutDocumentAsync(top, cancellationToken).ConfigureAwait(false);
        var manifest = MediaTypes.IsManifest(top.Descriptor.MediaType) ? Manifest.Parse(top.Bytes) : null;
        archive.Add(top.Descriptor, manifest, names, tag);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
