using Strata.Content;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images.Transports;

internal sealed class RegistryTarget(RegistryClient registries, Reference name) : IImageTarget
{
    public int Concurrency => 4;

    public bool HoldsIndexes => true;

    public Task<bool> HasBlobAsync(Descriptor blob, CancellationToken cancellationToken) => registries.HasBlobAsync(name, blob.Digest, cancellationToken);

    public Task PutLayerAsync(
        Descriptor layer, Digest? diffId, Func<CancellationToken, Task<Stream>> open, Action<int> advance, CancellationToken cancellationToken) =>
        registries.PutBlobAsync(name, layer, () => new CountingStream(new DeferredStream(open), advance), mountFrom: null, cancellationToken);

    public async Task PutDocumentAsync(FetchedManifest document, CancellationToken cancellationToken)
    {
        var descriptor = document.Descriptor;
        if (MediaTypes.IsManifest(descriptor.MediaType) || MediaTypes.IsIndex(descriptor.MediaType))
        {
            await registries.PutManifestAsync(name.WithDigest(descriptor.Digest), descriptor.MediaType, document.Bytes, cancellationToken).ConfigureAwait(false);
            return;
        }
        if (await HasBlobAsync(descriptor, cancellationToken).ConfigureAwait(false)) return;
        await registries.PutBlobAsync(name, descriptor, () => new MemoryStream(document.Bytes, writable: false), mountFrom: null, cancellationToken).ConfigureAwait(false);
    }

    public Task NameAsync(FetchedManifest top, CancellationToken cancellationToken) =>
        registries.PutManifestAsync(name, top.Descriptor.MediaType, top.Bytes, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Opens its source at the first read: an upload asks for a stream at once, and a source may have to be asked for it.</summary>
    private sealed class DeferredStream(Func<CancellationToken, Task<Stream>> open) : ReadOnlyStream
    {
        private Stream? _source;

        public override int Read(Span<byte> buffer) => throw new NotSupportedException("an upload is read asynchronously");

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _source ??= await open(cancellationToken).ConfigureAwait(false);
            return await _source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _source?.Dispose();
            base.Dispose(disposing);
        }
    }
}
