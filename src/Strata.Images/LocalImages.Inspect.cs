using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>One image with all its documents and layers.</summary>
    /// <param name="nameOrId">A name, a name with a digest, or the beginning of an image ID or digest.</param>
    /// <exception cref="ImageException">There is none, several begin so, or it is damaged.</exception>
    public ImageDetails Inspect(string nameOrId) => Inspect(nameOrId, platform: null);

    /// <summary>The same of one platform, where the name leads to several.</summary>
    /// <param name="platform">Null is this machine's.</param>
    /// <inheritdoc cref="Inspect(string)" path="/param[@name='nameOrId'] | /exception"/>
    public ImageDetails Inspect(string nameOrId, Platform? platform)
    {
        var entries = new ImageResolver(store).Resolve(nameOrId);
        try
        {
            var chosen = _stored.Choose(entries[0].Manifest, platform, nameOrId);
            var manifest = ReadManifest(chosen.Digest);
            var config = ReadConfig(manifest);
            // Of an index, its own word counted already.
            if (platform is not null && chosen == entries[0].Manifest) CheckPlatform(config, platform, nameOrId);
            return new ImageDetails
            {
                Id = manifest.Config.Digest,
                ManifestDescriptor = chosen,
                Manifest = manifest,
                Config = config,
                IndexAnnotations = _stored.IndexAnnotations(entries[0], chosen.Digest),
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

    private static void CheckPlatform(ImageConfig config, Platform wanted, string nameOrId)
    {
        if (!wanted.Accepts(config.Platform))
            throw new ImageException($"{nameOrId} is for {config.Platform} and not for {wanted}", $"bring that with: strata pull --platform {wanted}");
    }

    private IReadOnlyList<LayerDetails> DescribeLayers(Manifest manifest, ImageConfig config)
    {
        LayerIndex?[] indexes = [.. config.RootFs.DiffIds.Take(manifest.Layers.Count).Select(d => LayerIndex.TryLoad(store.Layers, d))];
        return LayerDetails.Of(manifest, config, [.. indexes.Select(i => i?.ContentSize)], new(() => LayerChanges.Of(indexes)));
    }
}
