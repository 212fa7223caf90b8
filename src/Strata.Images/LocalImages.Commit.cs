using Strata.Images.Editing;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// Makes an image of another one and a layer on top, which the store has: what a container changed. Hold a lease of the store since the layer
    /// was written. When this returns, the image is whole, and its name leads to it.
    /// </summary>
    /// <param name="manifest">Of the image below.</param>
    /// <param name="configure">What the container was told, over what the image says.</param>
    /// <param name="name">The image's name; null leaves it without one.</param>
    /// <exception cref="ImageException">A change is none.</exception>
    public async Task<LoadedImage> CommitAsync(
        Digest manifest, WrittenLayer layer, Func<ContainerConfig, ContainerConfig> configure, CommitOptions options, Reference? name, CancellationToken cancellationToken)
    {
        var below = Manifest.Parse(store.ReadDocument(manifest, Manifest.MaxBytes));
        var config = ImageConfig.Parse(store.ReadDocument(below.Config.Digest, ImageConfig.MaxBytes));
        var now = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        var made = config with
        {
            Created = now,
            Author = options.Author ?? config.Author,
            Config = options.Changes.Aggregate(configure(config.Config ?? new ContainerConfig()), ConfigChange.Apply),
            RootFs = config.RootFs with { DiffIds = [.. config.RootFs.DiffIds, layer.DiffId] },
            History = [.. config.History ?? [], new HistoryEntry { Created = now, CreatedBy = options.CreatedBy, Author = options.Author, Comment = options.Message }],
        };
        await _pass.CatchUpAsync(layer.Descriptor, layer.DiffId, cancellationToken).ConfigureAwait(false);
        return await WriteImageAsync(made, [.. below.Layers, layer.Descriptor], annotations: null, name, cancellationToken).ConfigureAwait(false);
    }
}
