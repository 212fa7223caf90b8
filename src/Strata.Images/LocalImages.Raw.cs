using Strata.Images.Transports;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>An image's document byte for byte: from the store where it has the image, else from the registry in the name.</summary>
    /// <param name="platform">Which manifest of an index; null is this machine's.</param>
    /// <exception cref="ImageException">There is no such document.</exception>
    /// <exception cref="RegistryException">The registry cannot be reached, or has no such image.</exception>
    public async Task<FetchedManifest> ReadRawAsync(string nameOrId, RawDocument which, Platform? platform, CancellationToken cancellationToken)
    {
        var here = new ImageResolver(store).Find(nameOrId);
        IImageSource source;
        FetchedManifest top;
        if (here is not null)
        {
            if (which == RawDocument.Index) return ReadIndex(here, nameOrId);
            source = new StoreSource(store, here, nameOrId);
            top = await source.ResolveAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            if (!Reference.TryParse(nameOrId, out var name)) new ImageResolver(store).Resolve(nameOrId); // says that there is none
            source = new RegistrySource(registries, name!);
            top = await source.ResolveAsync(cancellationToken).ConfigureAwait(false);
        }
        var isIndex = MediaTypes.IsIndex(top.Descriptor.MediaType);
        if (which == RawDocument.Index) return isIndex ? top : throw NoIndex(nameOrId);
        if (which == RawDocument.Top || !isIndex && which == RawDocument.Manifest) return top;
        if (isIndex)
        {
            var wanted = platform ?? Platform.Host;
            if (here is not null)
            {
                top = await source.GetManifestAsync(_stored.Choose(here.Manifest, platform, nameOrId), cancellationToken).ConfigureAwait(false);
            }
            else
            {
                var index = (await FlatAsync(Reference.Parse(nameOrId), top, cancellationToken).ConfigureAwait(false)).Flat.Index;
                top = await source.GetManifestAsync(PlatformChoice.Of(index, wanted) ?? throw PlatformChoice.None(nameOrId, index, wanted), cancellationToken).ConfigureAwait(false);
            }
        }
        if (which == RawDocument.Manifest) return top;
        var config = Manifest.Parse(top.Bytes).Config;
        if (config.Size > ImageConfig.MaxBytes) throw new ImageException($"the config of {nameOrId} has {config.Size} bytes; at most {ImageConfig.MaxBytes} are allowed");
        using var bytes = new MemoryStream();
        var blob = await source.OpenBlobAsync(config, cancellationToken).ConfigureAwait(false);
        await using (blob.ConfigureAwait(false)) await blob.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        return new FetchedManifest(config, bytes.ToArray());
    }

    private FetchedManifest ReadIndex(NamedImage image, string shownAs)
    {
        Digest? known = MediaTypes.IsIndex(image.Manifest.MediaType) ? image.Manifest.Digest : image.RegistryDigest;
        if (known is not { } digest || !store.Contains(digest)) throw NoIndex(shownAs);
        var bytes = store.ReadDocument(digest, Manifest.MaxBytes);
        if (DocumentType.Of(bytes) is not { } type || !MediaTypes.IsIndex(type)) throw NoIndex(shownAs);
        return new FetchedManifest(new Descriptor { MediaType = type, Digest = digest, Size = bytes.Length }, bytes);
    }

    private static ImageException NoIndex(string shownAs) => new($"{shownAs} has no index: it is one image of one platform", "leave --index away for its manifest");
}

/// <summary>Which of an image's documents.</summary>
public enum RawDocument
{
    /// <summary>What the name leads to: a manifest, or an index: at a registry, or in the store when all platforms were pulled.</summary>
    Top,
    Manifest,
    Config,
    Index,
}
