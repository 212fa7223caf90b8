using Strata.Content;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images.Transports;

/// <summary>The store: each layer is verified by both digests, indexed, and shown to observers in the pass that takes it in.</summary>
/// <param name="names">What leads to the image then; null leaves naming to the caller, who holds a lease.</param>
internal sealed class StoreTarget(ContentStore store, LayerPass pass, IReadOnlyList<Reference>? names) : IImageTarget
{
    private readonly IDisposable _lease = store.Lease();

    public int Concurrency => 4;

    public bool HoldsIndexes => true;

    public Task<bool> HasBlobAsync(Descriptor blob, CancellationToken cancellationToken) => Task.FromResult(store.Contains(blob.Digest));

    public async Task PutLayerAsync(
        Descriptor layer, Digest? diffId, Func<CancellationToken, Task<Stream>> open, Action<int> advance, CancellationToken cancellationToken)
    {
        if (diffId is not { } promised)
        {
            await pass.StoreAsync(open, layer, advance, cancellationToken).ConfigureAwait(false);
            return;
        }
        if (store.Contains(layer.Digest))
        {
            await pass.CatchUpAsync(layer, promised, cancellationToken).ConfigureAwait(false);
            return;
        }
        await pass.TakeInAsync(open, layer, promised, advance, cancellationToken).ConfigureAwait(false);
    }

    public Task PutDocumentAsync(FetchedManifest document, CancellationToken cancellationToken) =>
        store.AddDocumentAsync(document.Descriptor.MediaType, document.Bytes, cancellationToken);

    public async Task NameAsync(FetchedManifest top, CancellationToken cancellationToken)
    {
        await PutDocumentAsync(top, cancellationToken).ConfigureAwait(false);
        foreach (var name in names ?? []) ImageNames.Set(store, new NamedImage(name, top.Descriptor, RegistryDigest: null));
    }

    public ValueTask DisposeAsync()
    {
        _lease.Dispose();
        return ValueTask.CompletedTask;
    }
}
