using Strata.Content;
using Strata.Images.Bases;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// The image that another one was made from: the one that its annotations name, if that is here and its layers are the image's first;
    /// else the image of the store with the most of its first layers; else what the annotations name, without knowing where it ends. Of
    /// several with the same layers, the one whose history the image's goes on with, then the one that the annotations name, then one that has
    /// a name, then the first by name. Null when none of this finds one.
    /// </summary>
    public ImageBase? FindBase(ImageDetails image)
    {
        var told = BaseAnnotations.Of(image);
        var all = Candidates(image)
            .OrderByDescending(c => c.Layers)
            .ThenByDescending(c => c.HistoryEntries ?? 0)
            .ThenByDescending(told.IsName)
            .ThenByDescending(c => c.Names.Count > 0)
            .ThenBy(c => c.Shown, StringComparer.Ordinal).ToArray();
        if (!told.IsEmpty && Array.Find(all, told.Mean) is { } meant) return Base(image, meant, BaseFoundBy.Annotation, others: []).Named(told.Name);
        if (all.Length > 0)
        {
            var others = all.Skip(1).Where(c => c.Layers == all[0].Layers).Select(c => c.Shown).ToArray();
            return Base(image, all[0], BaseFoundBy.Layers, others) with { AlsoAnnotated = told.IsName(all[0]) ? null : told.Name };
        }
        return told.IsEmpty ? null : new ImageBase { Name = told.Name ?? told.Digest!.Value.Short, Digest = told.Digest, FoundBy = BaseFoundBy.Annotation }.Named(told.Name);
    }

    /// <summary>The same where somebody says which it is.</summary>
    /// <exception cref="ImageException">There is no such image, or the image was not made from it.</exception>
    public ImageBase FindBase(ImageDetails image, string nameOrId)
    {
        var named = Inspect(nameOrId, image.Config.Platform);
        if (BaseCandidate.Of(image, named.ManifestDescriptor.Digest, named.Id, named.Config, named.Names, [named.ManifestDescriptor.Digest]) is { } candidate)
            return Base(image, candidate, BaseFoundBy.Name, others: []) with { Name = named.Names.Count > 0 ? named.Names[0].Familiar : named.Id.Short };
        var shared = image.Layers.Zip(named.Layers).TakeWhile(p => p.First.DiffId == p.Second.DiffId).Count();
        throw new ImageException(
            named.Id == image.Id ? $"{nameOrId} is the image itself, and not its base"
                : $"{nameOrId} is not the base: {shared} of its {named.Layers.Count} layers are the image's first",
            "name the image in its FROM, as it was when it was built");
    }

    private static ImageBase Base(ImageDetails image, BaseCandidate found, BaseFoundBy by, IReadOnlyList<string> others) => new()
    {
        Name = found.Shown,
        Reference = found.Names.OrderBy(n => n.Familiar, StringComparer.Ordinal).FirstOrDefault(),
        Digest = found.Manifest,
        Layers = found.Layers,
        HistoryEntries = found.HistoryEntries ?? EntriesOf(image.Config.History ?? [], found.Layers),
        FoundBy = by,
        Others = others,
    };

    /// <summary>Entries up to the one that made the last of so many layers.</summary>
    private static int EntriesOf(IReadOnlyList<HistoryEntry> history, int layers)
    {
        var entries = 0;
        for (var made = 0; entries < history.Count && made < layers; entries++)
            if (!history[entries].EmptyLayer) made++;
        return entries;
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
