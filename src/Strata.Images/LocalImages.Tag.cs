using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>Gives an image one more name. A name that led elsewhere leads here now.</summary>
    /// <exception cref="ImageException">There is no such image, or the target has a digest: that names content and cannot be given.</exception>
    public void Tag(string source, Reference target)
    {
        if (target.Digest is not null) throw new ImageException($"{target.Familiar} has a digest", "a new name has a tag: NAME:TAG");
        using var lease = store.Lease();
        var image = new ImageResolver(store).Resolve(source)[0];
        ImageNames.Set(store, new NamedImage(target, image.Manifest, RegistryDigest: null));
        MarkUsed(image.Manifest.Digest);
    }
}
