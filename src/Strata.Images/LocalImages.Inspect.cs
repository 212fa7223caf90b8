using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>One image with all its documents and layers.</summary>
    /// <param name="nameOrId">A name, a name with a digest, or the beginning of an image ID or digest.</param>
    /// <exception cref="ImageException">There is none, several begin so, or it is damaged.</exception>
    public ImageDetails Inspect(string nameOrId)
    {
        var entries = new ImageResolver(store).Resolve(nameOrId);
        try
        {
            var manifest = ReadManifest(entries[0].Manifest.Digest);
            var config = ReadConfig(manifest);
            return new ImageDetails
            {
                Id = manifest.Config.Digest,
                ManifestDescriptor = entries[0].Manifest,
                Manifest = manifest,
                Config = config,
                Names = [.. entries.Select(e => e.Name).OfType<Reference>()],
                RepoDigests = [.. entries.Select(e => e.RepoDigest).OfType<Reference>().Distinct()],
                Layers = DescribeLayers(manifest, config),
            };
        }
        catch (Exception e) when (e is DocumentException or ContentMissingException or ContentMismatchException)
        {
            throw new ImageException($"{nameOrId} is damaged: {e.Message}", $"pull it again: strata pull {entries[0].Name?.Familiar ?? "NAME"}", e);
        }
    }

    private List<LayerDetails> DescribeLayers(Manifest manifest, ImageConfig config)
    {
        var history = config.HistoryOfLayers();
        var changes = new LayerChanges();
        var layers = new List<LayerDetails>();
        for (var i = 0; i < Math.Min(manifest.Layers.Count, config.RootFs.DiffIds.Count); i++)
        {
            var index = LayerIndex.TryLoad(store.Layers, config.RootFs.DiffIds[i]);
            var (added, changed, removed) = changes.Next(index) ?? (null, null, null);
            layers.Add(new LayerDetails
            {
                Position = i,
                Descriptor = manifest.Layers[i],
                DiffId = config.RootFs.DiffIds[i],
                Created = history[i]?.Created,
                CreatedBy = history[i]?.CreatedBy,
                UnpackedSize = index?.ContentSize,
                Added = added,
                Changed = changed,
                Removed = removed,
            });
        }
        return layers;
    }
}
