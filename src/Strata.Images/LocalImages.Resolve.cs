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
        var index = (await FlatAsync(name, top, cancellationToken).ConfigureAwait(false)).Flat.Index;
        var chosen = PlatformChoice.Of(index, platform) ?? throw PlatformChoice.None(name.Familiar, index, platform);
        var manifest = await registries.GetManifestAsync(name.WithDigest(chosen.Digest), cancellationToken).ConfigureAwait(false);
        return MediaTypes.IsManifest(manifest.Descriptor.MediaType) ? (top, manifest) : throw NoImage(name, manifest);
    }

    /// <summary>An index of a registry with all indexes within it, which are given back byte for byte, too.</summary>
    private async Task<(FlatIndex Flat, IReadOnlyList<FetchedManifest> Inner)> FlatAsync(Reference name, FetchedManifest top, CancellationToken cancellationToken)
    {
        var flat = new FlatIndex(name.Familiar, ParseAt(name, () => ImageIndex.Parse(top.Bytes)));
        var fetched = new Dictionary<Digest, FetchedManifest>();
        while (flat.TryNext(out var inner))
        {
            if (!fetched.TryGetValue(inner.Digest, out var document))
                fetched[inner.Digest] = document = await registries.GetManifestAsync(name.WithDigest(inner.Digest), cancellationToken).ConfigureAwait(false);
            flat.Add(inner, ParseAt(name, () => ImageIndex.Parse(document.Bytes)));
        }
        return (flat, [.. flat.Inner.Select(i => fetched[i.Digest])]);
    }

    private static ImageException NoImage(Reference name, FetchedManifest found) =>
        new($"{name.Familiar} names {found.Descriptor.Digest.Short} as an image, which has the media type {found.Descriptor.MediaType}", "ask who published it to push it again");
}
