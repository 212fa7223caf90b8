using Strata.Layers;
using Strata.Oci;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>Finds the images that a tag leads to, and what of them is to be read.</summary>
internal sealed class ScanTargets(IRegistryContent registry)
{
    /// <summary>More layers than anybody builds; each is a file of facts and a step of every merge.</summary>
    private const int MostLayers = 1000;

    /// <summary>More platforms than anybody builds for.</summary>
    private const int MostImages = 100;

    /// <summary>The images of a manifest or index, in its order, with their platforms where an index says them; none for what is no image to run.</summary>
    public IReadOnlyList<ScanTarget> Of(string repository, Digest top)
    {
        if (registry.FindManifest(repository, top.ToString()) is not { } found) return [];
        try
        {
            if (!MediaTypes.IsIndex(found.MediaType)) return IsImage(found) ? [new ScanTarget(found.Digest, Platform: null)] : [];
            // Attestations are listed with the platform unknown/unknown; of a mirror's index only some are here.
            return [.. ImageIndex.Parse(found.Content.Span).Manifests
                .Where(m => MediaTypes.IsManifest(m.MediaType) && m.Platform is not { Os: "unknown" } and not { Architecture: "unknown" })
                .DistinctBy(m => m.Digest)
                .Where(m => registry.FindManifest(repository, m.Digest.ToString()) is { } manifest && IsImage(manifest))
                .Take(MostImages)
                .Select(m => new ScanTarget(m.Digest, m.Platform))];
        }
        catch (DocumentException)
        {
            return [];
        }
    }

    /// <exception cref="LayerException">It cannot be read, and why.</exception>
    public async ValueTask<ImageContent> ContentAsync(string repository, Digest manifest, CancellationToken cancellationToken)
    {
        try
        {
            var found = registry.FindManifest(repository, manifest.ToString()) ?? throw new LayerException("its manifest is gone");
            var document = Manifest.Parse(found.Content.Span);
            if (document.Layers.Count > MostLayers) throw new LayerException($"it has {document.Layers.Count} layers; more than {MostLayers} are not looked into");
            var bytes = await registry.ReadBlobAsync(repository, document.Config.Digest, ImageConfig.MaxBytes, cancellationToken).ConfigureAwait(false)
                ?? throw new LayerException("its config is not on this hub, or too large");
            var config = ImageConfig.Parse(bytes);
            if (config.RootFs.DiffIds.Count != document.Layers.Count)
                throw new LayerException($"its config names {config.RootFs.DiffIds.Count} layers and its manifest {document.Layers.Count}");
            return new ImageContent(repository, manifest, document.Layers, config.RootFs.DiffIds) { Instructions = [.. config.HistoryOfLayers().Select(h => h?.CreatedBy)] };
        }
        catch (DocumentException e)
        {
            throw new LayerException(e.Message, e);
        }
    }

    /// <summary>The first layer whose bytes are not here; null when all are.</summary>
    public Descriptor? Missing(ImageContent image) => image.Layers.FirstOrDefault(l => !IsHere(l.Digest));

    public bool IsHere(Digest layer) => registry.IsStored(layer);

    private static bool IsImage(RegistryManifest manifest) =>
        Manifest.Parse(manifest.Content.Span).Config.MediaType is MediaTypes.OciConfig or MediaTypes.DockerConfig;
}
