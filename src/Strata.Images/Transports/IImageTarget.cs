using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images.Transports;

/// <summary>
/// A place that an image goes to. Layers come first, then documents, the ones below before those that name them, then the name. Disposed
/// before <see cref="NameAsync"/>, it leaves nothing that others would see.
/// </summary>
public interface IImageTarget : IAsyncDisposable
{
    /// <summary>Layers that may be put at once.</summary>
    int Concurrency { get; }

    /// <summary>Whether an index with all its platforms can be put here.</summary>
    bool HoldsIndexes { get; }

    Task<bool> HasBlobAsync(Descriptor blob, CancellationToken cancellationToken);

    /// <summary>Puts a layer, byte for byte.</summary>
    /// <param name="diffId">The digest of its uncompressed tar; null when the image is none of a file system.</param>
    /// <param name="open">Opens its content from the first byte; called again when it has to be sent again.</param>
    Task PutLayerAsync(Descriptor layer, Digest? diffId, Func<CancellationToken, Task<Stream>> open, Action<int> advance, CancellationToken cancellationToken);

    /// <summary>Puts a config, manifest or index, byte for byte. Harmless when it is there.</summary>
    Task PutDocumentAsync(FetchedManifest document, CancellationToken cancellationToken);

    /// <summary>Puts what the whole is about and gives it its name. When this returns, others see it.</summary>
    Task NameAsync(FetchedManifest top, CancellationToken cancellationToken);
}
