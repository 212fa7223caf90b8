using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>A row for each name, the newest image first; one of several platforms by this machine's. An image that is damaged is left out: `verify` finds it.</summary>
    public IReadOnlyList<ImageSummary> List()
    {
        var rows = new List<ImageSummary>();
        foreach (var image in ImageNames.Read(store))
            if (TrySummarize(image) is { } summary) rows.Add(summary);
        return [.. rows.OrderByDescending(r => r.Created).ThenBy(r => r.Name?.Familiar, StringComparer.Ordinal)];
    }

    private ImageSummary? TrySummarize(NamedImage image)
    {
        try
        {
            if (_stored.Representative(image.Manifest) is not { } shown) return null;
            var manifest = ReadManifest(shown.Digest);
            var config = ReadConfig(manifest);
            var sizes = config.RootFs.DiffIds.Select(d => LayerIndex.TryLoad(store.Layers, d)?.ContentSize).ToArray();
            return new ImageSummary
            {
                Id = manifest.Config.Digest,
                Digest = image.RegistryDigest ?? image.Manifest.Digest,
                Name = image.Name,
                Platform = config.Platform,
                Platforms = _stored.Platforms(image.Manifest) is { Count: > 0 } several ? several : [config.Platform],
                Created = config.Created,
                CompressedSize = shown.Size + manifest.Config.Size + manifest.Layers.Sum(l => l.Size),
                UnpackedSize = sizes.Any(s => s is null) ? null : sizes.Sum(),
                LayerCount = manifest.Layers.Count,
            };
        }
        catch (Exception e) when (e is DocumentException or ContentMissingException or ContentMismatchException)
        {
            return null;
        }
    }
}
