using Strata.Images.Bases;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// What could be the base instead: its tag as it is now, the next and the newest version of the same variant, and variants of the same
    /// version with less in them. From the store, and from the base's registry if that is asked.
    /// </summary>
    /// <param name="found">The base; without a name that leads somewhere there are none.</param>
    /// <param name="image">Whose base it is: the platform is its.</param>
    /// <param name="askRegistry">Else only the store is looked into.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="RegistryException">The registry cannot be reached, or has no such repository.</exception>
    public async Task<IReadOnlyList<BaseAlternative>> FindAlternativesAsync(ImageBase found, ImageDetails image, bool askRegistry, CancellationToken cancellationToken)
    {
        if (found.Reference is not { } name) return [];
        var here = ImageNames.Read(store).Where(n => n.Name?.Name == name.Name && n.Name.Tag is not null).ToArray();
        var tags = here.Select(n => n.Name!.Tag!).ToHashSet(StringComparer.Ordinal);
        if (askRegistry) tags.UnionWith(await registries.ListTagsAsync(name.Registry, name.Repository, cancellationToken).ConfigureAwait(false));
        var alternatives = new List<BaseAlternative>();
        foreach (var (kind, tag) in Worthwhile(name.Tag ?? Reference.DefaultTag, tags))
        {
            var other = name.WithTag(tag);
            var alternative = askRegistry
                ? await AtRegistryAsync(kind, other, image.Config.Platform, cancellationToken).ConfigureAwait(false)
                : InStore(kind, other, Array.Find(here, n => n.Name!.Tag == tag), image.Config.Platform);
            if (alternative is not null && alternative.Digest != found.Digest) alternatives.Add(alternative);
        }

        return [.. alternatives.DistinctBy(a => a.Digest)];
    }

    private static IEnumerable<(AlternativeKind Kind, string Tag)> Worthwhile(string own, IEnumerable<string> tags)
    {
        var version = TagVersion.Parse(own);
        var all = tags.Select(t => (Tag: t, Version: TagVersion.Parse(t))).OrderBy(t => t.Tag, StringComparer.Ordinal).ToArray();
        yield return (AlternativeKind.Refreshed, own);
        var newer = all.Where(t => t.Version.IsNewerThan(version)).OrderBy(t => t.Version, Comparer<TagVersion>.Create((a, b) => a.Compare(b))).Select(t => t.Tag).ToArray();
        foreach (var tag in newer.Take(1).Concat(newer.TakeLast(1)).Distinct(StringComparer.Ordinal)) yield return (AlternativeKind.Newer, tag);
        // The shortest names are the publisher's own choice among slim, slim-bookworm, slim-bullseye.
        foreach (var (tag, _) in all.Where(t => t.Version.IsSmallerThan(version)).OrderBy(t => t.Tag.Length).ThenBy(t => t.Tag, StringComparer.Ordinal).Take(3)) yield return (AlternativeKind.Smaller, tag);
    }

    /// <summary>Null where the tag is gone, or leads to no image of the platform.</summary>
    private async Task<BaseAlternative?> AtRegistryAsync(AlternativeKind kind, Reference name, Platform platform, CancellationToken cancellationToken)
    {
        try
        {
            var (_, chosen) = await ResolveAsync(name, platform, allPlatforms: false, cancellationToken).ConfigureAwait(false);
            return Alternative(kind, name, chosen.Descriptor.Digest, Manifest.Parse(chosen.Bytes));
        }
        catch (Exception e) when (e is ImageException or DocumentException || e is RegistryException { IsNotFound: true })
        {
            return null;
        }
    }

    private BaseAlternative? InStore(AlternativeKind kind, Reference name, NamedImage? entry, Platform platform)
    {
        if (entry is null || TryDocuments(entry, platform) is not { } documents) return null;
        var digest = _stored.Choose(entry.Manifest, platform, name.Familiar).Digest;
        return Alternative(kind, name, digest, documents.Manifest);
    }

    private BaseAlternative Alternative(AlternativeKind kind, Reference name, Digest digest, Manifest manifest) =>
        new(kind, name, digest, manifest.Layers.Sum(l => l.Size), store.Contains(digest) && manifest.Layers.All(l => store.Contains(l.Digest)));
}
