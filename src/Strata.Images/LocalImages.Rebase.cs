using Strata.Content;
using Strata.Images.Archives;
using Strata.Images.Editing;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// Makes an image with the layers of <paramref name="nameOrId"/> that are its own, on the layers of another base, without building. Right
    /// when the image's layers do not depend on what differs between the bases, as between two releases of one distribution's fixes.
    /// </summary>
    /// <param name="onto">The new base, an image of the store.</param>
    /// <param name="oldBase">The base to replace; null finds it by the image's labels, else as the image of the store with the most of its layers.</param>
    /// <param name="target">The new image's name; null gives it the image's own.</param>
    /// <exception cref="ImageException">The old base is not found, or is not what the image is built on.</exception>
    public Task<RebasedImage> RebaseAsync(string nameOrId, string onto, string? oldBase, Reference? target, CancellationToken cancellationToken) =>
        RebaseAsync(nameOrId, onto, oldBase, target, platform: null, cancellationToken);

    /// <summary>The same of one platform of each, where names lead to several; null is this machine's.</summary>
    /// <inheritdoc cref="RebaseAsync(string, string, string?, Reference?, CancellationToken)"/>
    public async Task<RebasedImage> RebaseAsync(
        string nameOrId, string onto, string? oldBase, Reference? target, Platform? platform, CancellationToken cancellationToken)
    {
        using var lease = store.Lease();
        var resolver = new ImageResolver(store);
        var image = Documents(resolver.Resolve(nameOrId)[0], nameOrId, platform);
        var newBase = Documents(resolver.Resolve(onto)[0], onto, platform);
        var below = oldBase is null ? FindBase(image, nameOrId, platform) : Documents(resolver.Resolve(oldBase)[0], oldBase, platform);
        foreach (var used in (NamedImage[])[image.Entry, newBase.Entry]) MarkUsed(used.Manifest.Digest);
        var shared = below.Config.RootFs.DiffIds.Count;
        if (!IsBelow(below.Config, image.Config))
            throw new ImageException($"{nameOrId} is not built on {below.Name}: its first {shared} layers are not that image's",
                $"`strata layers {nameOrId}` shows what it has; name its base with --from");
        if (!newBase.Config.Platform.Accepts(image.Config.Platform))
            throw new ImageException($"{nameOrId} is for {image.Config.Platform} and {onto} for {newBase.Config.Platform}", $"pull {onto} for {image.Config.Platform}");
        if (target is null && image.Entry.Name is null)
            throw new ImageException($"{nameOrId} has no name that the new image could take over", "give it one with -t NAME:TAG");

        var config = RebasedConfig.Labelled(RebasedConfig.Of(image.Config, below.Config, newBase.Config), newBase.Entry);
        Descriptor[] layers = [.. newBase.Manifest.Layers.Concat(image.Manifest.Layers.Skip(shared)).Select(LayerTypes.ToOci)];
        if (layers.FirstOrDefault(l => !store.Contains(l.Digest)) is { } missing)
            throw new ImageException($"layer {missing.Digest.Short} is not in the store", "fetch it with: strata repair");
        var made = await WriteImageAsync(config, layers, RebasedConfig.Labelled(image.Manifest.Annotations, newBase.Entry), target ?? image.Entry.Name, cancellationToken).ConfigureAwait(false);
        return new RebasedImage(made, below.Name, shared, newBase.Manifest.Layers.Count, layers.Length);
    }

    private static bool IsBelow(ImageConfig below, ImageConfig image) => below.RootFs.DiffIds.Count <= image.RootFs.DiffIds.Count
        && image.RootFs.DiffIds.Take(below.RootFs.DiffIds.Count).SequenceEqual(below.RootFs.DiffIds);

    private ImageDocuments FindBase(ImageDocuments image, string shownAs, Platform? platform)
    {
        var others = ImageNames.Read(store).Where(i => i.Manifest.Digest != image.Entry.Manifest.Digest).ToArray();
        var (digest, name) = RebasedConfig.BaseOf(image.Manifest, image.Config);
        var said = others.FirstOrDefault(i => digest is not null && (i.RegistryDigest == digest || i.Manifest.Digest == digest))
            ?? others.FirstOrDefault(i => name is not null && Equals(i.Name, name));
        if (said is not null && TryDocuments(said, platform) is { } labelled && IsBelow(labelled.Config, image.Config)) return labelled;
        return others.Select(o => TryDocuments(o, platform)).OfType<ImageDocuments>()
            .Where(o => o.Config.RootFs.DiffIds.Count > 0 && o.Config.RootFs.DiffIds.Count < image.Config.RootFs.DiffIds.Count && IsBelow(o.Config, image.Config))
            .MaxBy(o => o.Config.RootFs.DiffIds.Count)
            ?? throw new ImageException($"it is not known what {shownAs} is built on: no image of the store has its first layers",
                name is not null ? $"its label says {name.Familiar}: strata pull {name.Familiar}, or name its base with --from" : "pull its base, or name it with --from");
    }

    private ImageDocuments? TryDocuments(NamedImage entry, Platform? platform)
    {
        try
        {
            return Documents(entry, entry.Name?.Familiar ?? entry.Manifest.Digest.Short, platform);
        }
        catch (ImageException)
        {
            return null; // a damaged image is nobody's base; `verify` finds it
        }
    }

    private ImageDocuments Documents(NamedImage entry, string shownAs, Platform? platform)
    {
        try
        {
            var manifest = ReadManifest(_stored.Choose(entry.Manifest, platform, shownAs).Digest);
            var config = ReadConfig(manifest);
            if (platform is not null && !MediaTypes.IsIndex(entry.Manifest.MediaType)) CheckPlatform(config, platform, shownAs);
            return config.RootFs.DiffIds.Count == manifest.Layers.Count
                ? new ImageDocuments(entry, entry.Name?.Familiar ?? shownAs, manifest, config)
                : throw new ImageException($"{shownAs} is not whole: its manifest has {manifest.Layers.Count} layers, its config {config.RootFs.DiffIds.Count}");
        }
        catch (Exception e) when (e is DocumentException or ContentMissingException or ContentMismatchException)
        {
            throw new ImageException($"{shownAs} is damaged: {e.Message}", "fetch what is missing with: strata repair", e);
        }
    }

    private sealed record ImageDocuments(NamedImage Entry, string Name, Manifest Manifest, ImageConfig Config);
}
