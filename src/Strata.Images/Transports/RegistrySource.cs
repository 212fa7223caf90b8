using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images.Transports;

internal sealed class RegistrySource(RegistryClient registries, Reference name) : IImageSource
{
    public string Name => name.Familiar;

    public Task<FetchedManifest> ResolveAsync(CancellationToken cancellationToken) => registries.GetManifestAsync(name, cancellationToken);

    public Task<FetchedManifest> GetManifestAsync(Descriptor manifest, CancellationToken cancellationToken) =>
        registries.GetManifestAsync(name.WithDigest(manifest.Digest), cancellationToken);

    public Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) => registries.OpenBlobAsync(name, blob, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
