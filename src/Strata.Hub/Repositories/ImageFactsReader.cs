using Strata.Oci;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>Reads the facts from the registry's own content. What is no image, or broken, simply has fewer facts.</summary>
internal sealed class ImageFactsReader(IRegistryContent registry)
{
    public async ValueTask<ImageFacts> ReadAsync(string repository, RegistryManifest manifest, CancellationToken cancellationToken)
    {
        try
        {
            return MediaTypes.IsIndex(manifest.MediaType)
                ? await OfIndexAsync(repository, ImageIndex.Parse(manifest.Content.Span), cancellationToken).ConfigureAwait(false)
                : await OfManifestAsync(repository, Manifest.Parse(manifest.Content.Span), cancellationToken).ConfigureAwait(false);
        }
        catch (DocumentException)
        {
            return ImageFacts.None;
        }
    }

    private async ValueTask<ImageFacts> OfManifestAsync(string repository, Manifest manifest, CancellationToken cancellationToken)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        IReadOnlyList<string> platforms = [];
        if (await ConfigAsync(repository, manifest.Config, cancellationToken).ConfigureAwait(false) is { } config)
        {
            if (config.Os.Length > 0 && config.Architecture.Length > 0) platforms = [config.Platform.ToString()];
            Merge(labels, config.Config?.Labels);
        }
        // An annotation is about the image as it was published and overrules a label that may come from its base.
        Merge(labels, manifest.Annotations);
        return new ImageFacts(manifest.Config.Size + manifest.Layers.Sum(l => l.Size), platforms, labels);
    }

    private async ValueTask<ImageFacts> OfIndexAsync(string repository, ImageIndex index, CancellationToken cancellationToken)
    {
        // Attestations are listed with the platform unknown/unknown; they are no images to run.
        var images = index.Manifests.Where(m => m.Platform is not { Os: "unknown" }).ToArray();
        var first = ImageFacts.None;
        // Of a sparse index only some are here.
        var here = images.Where(m => MediaTypes.IsManifest(m.MediaType)).Select(m => registry.FindManifest(repository, m.Digest.ToString()));
        if (here.FirstOrDefault(m => m is not null) is { } manifest)
            first = await OfManifestAsync(repository, Manifest.Parse(manifest.Content.Span), cancellationToken).ConfigureAwait(false);
        var labels = new Dictionary<string, string>(first.Labels, StringComparer.Ordinal);
        Merge(labels, index.Annotations);
        var named = images.Where(m => m.Platform is not null).Select(m => m.Platform!.ToString()).Distinct(StringComparer.Ordinal).ToArray();
        return new ImageFacts(first.Size, named.Length > 0 ? named : first.Platforms, labels);
    }

    private async ValueTask<ImageConfig?> ConfigAsync(string repository, Descriptor descriptor, CancellationToken cancellationToken)
    {
        if (descriptor.MediaType is not (MediaTypes.OciConfig or MediaTypes.DockerConfig)) return null;
        var bytes = await registry.ReadBlobAsync(repository, descriptor.Digest, ImageConfig.MaxBytes, cancellationToken).ConfigureAwait(false);
        if (bytes is null) return null;
        try
        {
            return ImageConfig.Parse(bytes);
        }
        catch (DocumentException)
        {
            return null;
        }
    }

    private static void Merge(Dictionary<string, string> labels, IReadOnlyDictionary<string, string>? more)
    {
        foreach (var (name, value) in more ?? new Dictionary<string, string>(StringComparer.Ordinal))
            if (name.StartsWith(ImageFacts.LabelPrefix, StringComparison.Ordinal) && value is not null) labels[name] = value;
    }
}
