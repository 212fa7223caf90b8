using Strata.Content;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images.Transports;

/// <summary>An image of the store: a manifest of one platform, or an index with all that is below it.</summary>
internal sealed class StoreSource(ContentStore store, NamedImage image, string name) : IImageSource
{
    public string Name => name;

    public Task<FetchedManifest> ResolveAsync(CancellationToken cancellationToken) => GetManifestAsync(image.Manifest, cancellationToken);

    public Task<FetchedManifest> GetManifestAsync(Descriptor manifest, CancellationToken cancellationToken) => Task.FromResult(new FetchedManifest(
        new Descriptor { MediaType = manifest.MediaType, Digest = manifest.Digest, Size = manifest.Size },
        store.ReadDocument(manifest.Digest, Manifest.MaxBytes)));

    public Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new VerifyingStream(store.OpenBlob(blob.Digest), blob.Digest, blob.Size));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
