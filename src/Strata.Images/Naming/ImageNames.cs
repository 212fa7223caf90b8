using Strata.Content;
using Strata.Oci;

namespace Strata.Images;

/// <summary>Which names lead to which manifests, read from the store's index and changed there.</summary>
internal static class ImageNames
{
    public static IReadOnlyList<NamedImage> Read(ContentStore store) => [.. store.Names().Select(NamedImage.Of)];

    /// <summary>
    /// Lets the image's name lead to its manifest. What it led to before stays as an image without a name, if nothing else names it.
    /// </summary>
    public static void Set(ContentStore store, NamedImage image) => Set(store, image, replaces: _ => false);

    /// <param name="replaces">Says of a manifest that it is below the index that the name leads to now: then nothing of it is left over.</param>
    public static void Set(ContentStore store, NamedImage image, Func<Digest, bool> replaces) => store.ChangeNames(entries =>
    {
        var all = entries.Select(NamedImage.Of).ToList();
        var before = all.Find(i => Equals(i.Name, image.Name));
        if (before == image) return entries;
        all.RemoveAll(i => Equals(i.Name, image.Name) || (i.Name is null && (i.Manifest.Digest == image.Manifest.Digest || replaces(i.Manifest.Digest))));
        all.Add(image);
        if (before is not null && !replaces(before.Manifest.Digest) && all.TrueForAll(i => i.Manifest.Digest != before.Manifest.Digest)) all.Add(before with { Name = null, RegistryDigest = null });
        return [.. all.Select(i => i.ToEntry())];
    });

    /// <summary>Keeps an image that has no name, if nothing leads to it.</summary>
    public static void Keep(ContentStore store, Descriptor manifest) => store.ChangeNames(entries =>
        entries.Any(e => e.Digest == manifest.Digest) ? entries : [.. entries, new NamedImage(null, manifest, null).ToEntry()]);

    /// <summary>Takes entries away.</summary>
    public static void Remove(ContentStore store, Func<NamedImage, bool> which) => store.ChangeNames(entries =>
    {
        var kept = entries.Where(e => !which(NamedImage.Of(e))).ToArray();
        return kept.Length == entries.Count ? entries : kept;
    });
}
