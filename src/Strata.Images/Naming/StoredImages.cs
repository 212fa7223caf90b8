using Strata.Content;
using Strata.Oci;

namespace Strata.Images;

/// <summary>From what a name of the store leads to, a manifest or an index, to the manifests below it.</summary>
internal sealed class StoredImages(ContentStore store)
{
    /// <summary>All manifests that an entry leads to, those of attestations too, in the index's order.</summary>
    /// <exception cref="DocumentException">The index is not valid.</exception>
    /// <exception cref="ContentMissingException">The index is not in the store.</exception>
    /// <exception cref="ContentMismatchException">The index is damaged.</exception>
    public IReadOnlyList<Descriptor> Manifests(Descriptor top) =>
        MediaTypes.IsIndex(top.MediaType) ? [.. ReadIndex(top).Manifests.DistinctBy(m => m.Digest)] : [top];

    /// <summary>The indexes within an entry's index, each before those that name it.</summary>
    /// <inheritdoc cref="Manifests" path="/exception"/>
    public IReadOnlyList<Descriptor> InnerIndexes(Descriptor top) => MediaTypes.IsIndex(top.MediaType) ? Flat(top).Inner : [];

    /// <summary>The one image that a verb for one is about: of the platform asked for; else this machine's, or the only one there is.</summary>
    /// <param name="platform">Null leaves the choice to what <paramref name="nameOrId"/> says, if it is the ID of one, and to this machine.</param>
    /// <exception cref="ImageException">There is none for the platform.</exception>
    public Descriptor Choose(Descriptor top, Platform? platform, string nameOrId)
    {
        if (!MediaTypes.IsIndex(top.MediaType)) return top;
        var index = ReadIndex(top);
        if (platform is null && ById(index, nameOrId) is { } meant) return meant;
        if (PlatformChoice.Of(index, platform ?? Platform.Host) is { } chosen) return Plain(chosen);
        var images = PlatformChoice.Images(index).DistinctBy(m => m.Digest).ToArray();
        return platform is null && images.Length == 1 ? Plain(images[0]) : throw PlatformChoice.None(nameOrId, index, platform ?? Platform.Host);
    }

    /// <summary>The image that stands for the whole in a list; null when the index names none.</summary>
    public Descriptor? Representative(Descriptor top)
    {
        if (!MediaTypes.IsIndex(top.MediaType)) return top;
        var index = ReadIndex(top);
        return (PlatformChoice.Of(index, Platform.Host) ?? PlatformChoice.Images(index).FirstOrDefault()) is { } image ? Plain(image) : null;
    }

    /// <summary>The platforms of an index; none for a manifest, whose config says it.</summary>
    public IReadOnlyList<Platform> Platforms(Descriptor top) =>
        MediaTypes.IsIndex(top.MediaType) ? [.. PlatformChoice.Offered(ReadIndex(top)).DistinctBy(p => p.ToString())] : [];

    /// <summary>What the index of an image says of it, and of all that is in the index; null where there is no index, or it says nothing.</summary>
    public IReadOnlyDictionary<string, string>? IndexAnnotations(NamedImage entry, Digest manifest)
    {
        if (MediaTypes.IsIndex(entry.Manifest.MediaType)) return ReadIndex(entry.Manifest).AnnotationsOf(manifest);
        // A pull of one platform leaves the index beside it, and something may have swept that.
        if (entry.RegistryDigest is not { } top || top == manifest || !store.Contains(top)) return null;
        try
        {
            return ImageIndex.Parse(store.ReadDocument(top, Manifest.MaxBytes)).AnnotationsOf(manifest);
        }
        catch (Exception e) when (e is DocumentException or ContentMissingException or ContentMismatchException)
        {
            return null; // the image is whole without it
        }
    }

    /// <summary>The config that a manifest names; null when the manifest cannot be read.</summary>
    public Digest? TryConfig(Descriptor manifest)
    {
        try
        {
            return Manifest.Parse(store.ReadDocument(manifest.Digest, Manifest.MaxBytes)).Config.Digest;
        }
        catch (Exception e) when (e is DocumentException or ContentMissingException or ContentMismatchException)
        {
            return null; // a damaged image is found by its name, and by its manifest's digest
        }
    }

    private ImageIndex ReadIndex(Descriptor top) => Flat(top).Index;

    private FlatIndex Flat(Descriptor top)
    {
        var flat = new FlatIndex(top.Digest.Short, Read(top));
        while (flat.TryNext(out var inner)) flat.Add(inner, Read(inner));
        return flat;
    }

    private ImageIndex Read(Descriptor index) => ImageIndex.Parse(store.ReadDocument(index.Digest, Manifest.MaxBytes));

    /// <summary>Whoever names one image of an index by its ID or digest means that one.</summary>
    private Descriptor? ById(ImageIndex index, string text)
    {
        if (ImageResolver.IdPrefix(text) is not { } prefix) return null;
        var found = PlatformChoice.Images(index).FirstOrDefault(m => m.Digest.Hex.StartsWith(prefix, StringComparison.Ordinal)
            || TryConfig(m)?.Hex.StartsWith(prefix, StringComparison.Ordinal) == true);
        return found is null ? null : Plain(found);
    }

    private static Descriptor Plain(Descriptor manifest) => new() { MediaType = manifest.MediaType, Digest = manifest.Digest, Size = manifest.Size };
}
