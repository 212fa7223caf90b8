using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>What the name points at, and the manifest for the platform: the same where there is no index.</summary>
    private async Task<(FetchedManifest Top, FetchedManifest Chosen)> ResolveAsync(Reference name, Platform platform, CancellationToken cancellationToken)
    {
        var top = await registries.GetManifestAsync(name, cancellationToken).ConfigureAwait(false);
        if (MediaTypes.IsManifest(top.Descriptor.MediaType)) return (top, top);
        if (!MediaTypes.IsIndex(top.Descriptor.MediaType))
            throw new ImageException($"{name.Familiar} has the media type {top.Descriptor.MediaType}, which is no image",
                "images in Docker's schema 1 are no longer supported; ask who published it to push it again");
        var index = ParseAt(name, () => ImageIndex.Parse(top.Bytes));
        var chosen = PlatformChoice.Of(index, platform) ?? throw NoPlatform(name, index, platform);
        var manifest = await registries.GetManifestAsync(name.WithDigest(chosen.Digest), cancellationToken).ConfigureAwait(false);
        if (!MediaTypes.IsManifest(manifest.Descriptor.MediaType))
            throw new ImageException($"{name.Familiar} has an index within its index, which is not supported", "pull the inner one by its digest");
        return (top, manifest);
    }

    private static ImageException NoPlatform(Reference name, ImageIndex index, Platform wanted)
    {
        var offered = PlatformChoice.Offered(index).Select(p => p.ToString()).Distinct(StringComparer.Ordinal).ToArray();
        return new ImageException($"{name.Familiar} has no image for {wanted}",
            offered.Length == 0 ? "its index names no platform at all" : $"it has {string.Join(", ", offered)}: choose one with --platform");
    }
}
