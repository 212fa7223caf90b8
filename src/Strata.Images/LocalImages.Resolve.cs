using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>What the name points at, and the manifest for the platform: the same where there is no index, or all of it is wanted.</summary>
    private async Task<(FetchedManifest Top, FetchedManifest Chosen)> ResolveAsync(Reference name, Platform platform, bool allPlatforms, CancellationToken cancellationToken)
    {
        var top = await registries.GetManifestAsync(name, cancellationToken).ConfigureAwait(false);
        if (MediaTypes.IsManifest(top.Descriptor.MediaType)) return (top, top);
        if (!MediaTypes.IsIndex(top.Descriptor.MediaType))
            throw new ImageException($"{name.Familiar} has the media type {top.Descriptor.MediaType}, which is no image",
                "images in Docker's schema 1 are no longer supported; ask who published it to push it again");
        if (allPlatforms) return (top, top);
        var index = ParseAt(name, () => ImageIndex.Parse(top.Bytes));
        var chosen = PlatformChoice.Of(index, platform) ?? throw PlatformChoice.None(name.Familiar, index, platform);
        var manifest = await registries.GetManifestAsync(name.WithDigest(chosen.Digest), cancellationToken).ConfigureAwait(false);
        if (!MediaTypes.IsManifest(manifest.Descriptor.MediaType))
            throw IndexWithinIndex(name);
        return (top, manifest);
    }
}
