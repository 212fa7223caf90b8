using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images.Transports;

/// <summary>One image, or one index of images, at the place it comes from. Content is asked for by its descriptor, from any number of threads.</summary>
public interface IImageSource : IAsyncDisposable
{
    /// <summary>What a person calls it.</summary>
    string Name { get; }

    /// <summary>What the place's name leads to: a manifest or an index.</summary>
    Task<FetchedManifest> ResolveAsync(CancellationToken cancellationToken);

    /// <summary>A manifest that an index names; its digest is checked.</summary>
    Task<FetchedManifest> GetManifestAsync(Descriptor manifest, CancellationToken cancellationToken);

    /// <summary>Opens a config or layer. The read that ends it checks size and digest.</summary>
    Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken);
}
