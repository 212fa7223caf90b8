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
        // An image with many names is read once, and a layer under many images, too.
        var read = new Dictionary<Digest, ImageSummary?>();
        var sizes = new Dictionary<Digest, long?>();
        foreach (var image in ImageNames.Read(store))
        {
            if (!read.TryGetValue(image.Manifest.Digest, out var summary)) read[image.Manifest.Digest] = summary = TrySummarize(image, sizes);
            if (summary is not null) rows.Add(summary with { Name = image.Name, Digest = image.RegistryDigest ?? image.Manifest.Digest });
        }
        return [.. rows.OrderByDescending(r => r.Created).ThenBy(r => r.Name?.Familiar, StringComparer.Ordinal)];
    }

    private ImageSummary? TrySummarize(NamedImage image, Dictionary<Digest, long?> known)
    {
        try
        {
            if (_stored.Representative(image.Manifest) is not { } shown) return null;
            var manifest = ReadManifest(shown.Digest);
            var config = ReadConfig(manifest);
            var sizes = config.RootFs.DiffIds.Select(d => SizeOf(d, known)).ToArray();
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

    private long? SizeOf(Digest diffId, Dictionary<Digest, long?> known)
    {
        if (!known.TryGetValue(diffId, out var size)) known[diffId] = size = LayerIndex.TryLoad(store.Layers, diffId)?.ContentSize;
        return size;
    }
}
