using Strata.Content;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>The image of the store that another one was made from, by the rule of <see cref="BaseChoice"/>.</summary>
    public ImageBase? FindBase(ImageDetails image) => BaseChoice.Of(image, Candidates(image));

    /// <summary>The same where somebody says which it is.</summary>
    /// <exception cref="ImageException">There is no such image, or the image was not made from it.</exception>
    public ImageBase FindBase(ImageDetails image, string nameOrId)
    {
        var named = Inspect(nameOrId, image.Config.Platform);
        if (BaseCandidate.Of(image, named.ManifestDescriptor.Digest, named.Id, named.Config, named.Names, [named.ManifestDescriptor.Digest]) is { } candidate)
            return BaseChoice.Base(image, candidate, BaseFoundBy.Name, others: []) with { Name = named.Names.Count > 0 ? named.Names[0].Familiar : named.Id.Short };
        var shared = image.Layers.Zip(named.Layers).TakeWhile(p => p.First.DiffId == p.Second.DiffId).Count();
        throw new ImageException(
            named.Id == image.Id ? $"{nameOrId} is the image itself, and not its base"
                : $"{nameOrId} is not the base: {shared} of its {named.Layers.Count} layers are the image's first",
            "name the image in its FROM, as it was when it was built");
    }

    private IEnumerable<BaseCandidate> Candidates(ImageDetails image)
    {
        var entries = ImageNames.Read(store).SelectMany(e => TryManifests(e).Select(m => (Entry: e, Manifest: m)));
        foreach (var same in entries.GroupBy(e => e.Manifest))
        {
            if (same.Key == image.ManifestDescriptor.Digest || TryRead(same.Key) is not { } read) continue;
            Reference[] names = [.. same.Select(e => e.Entry.Name).OfType<Reference>().Distinct()];
            HashSet<Digest> digests = [same.Key, .. same.Select(e => e.Entry.Manifest.Digest), .. same.Select(e => e.Entry.RegistryDigest).OfType<Digest>()];
            if (BaseCandidate.Of(image, same.Key, read.Id, read.Config, names, digests) is { } candidate) yield return candidate;
        }
    }

    private IReadOnlyList<Digest> TryManifests(NamedImage entry)
    {
        try
        {
            return [.. _stored.Manifests(entry.Manifest).Where(m => MediaTypes.IsManifest(m.MediaType)).Select(m => m.Digest)];
        }
        catch (Exception e) when (e is DocumentException or ContentMissingException or ContentMismatchException)
        {
            return []; // a damaged image is nobody's base that could be shown
        }
    }

    private (Digest Id, ImageConfig Config)? TryRead(Digest manifest)
    {
        try
        {
            var document = ReadManifest(manifest);
            return (document.Config.Digest, ReadConfig(document));
        }
        catch (Exception e) when (e is DocumentException or ContentMissingException or ContentMismatchException)
        {
            return null;
        }
    }
}
