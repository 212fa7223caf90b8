using Strata.Content;
using Strata.Images.Pruning;
using Strata.Images.Usage;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// Takes a name away; with the last name, the image and whatever nothing else needs. While another process has content in flight, the
    /// bytes stay until a later removal.
    /// </summary>
    /// <param name="nameOrId">A name takes that name; an ID takes the image with all its names, if there is one only or <paramref name="force"/>.</param>
    /// <exception cref="ImageException">There is no such image, or it has several names.</exception>
    public RemovedImage Remove(string nameOrId, bool force)
    {
        var (going, all) = Going(nameOrId, force);
        var mark = StoreMark.Of(store);
        if (!force && going.Count == all) CheckUsers(mark, going[0].Manifest.Digest, nameOrId);
        ImageNames.Remove(store, i => going.Any(g => Equals(g.Name, i.Name) && g.Manifest.Digest == i.Manifest.Digest));
        var untagged = going.Select(g => g.Name).OfType<Reference>().ToArray();
        if (going.Count < all) return new RemovedImage(untagged, [], 0);
        var (swept, freed) = Sweep();
        return Shared(mark, going[0].Manifest.Digest, new RemovedImage(untagged, swept?.Removed ?? [], freed));
    }

    /// <summary>What <see cref="Remove"/> would do, without doing it.</summary>
    /// <exception cref="ImageException">There is no such image, or it has several names.</exception>
    public RemovedImage WouldRemove(string nameOrId, bool force)
    {
        var (going, all) = Going(nameOrId, force);
        var untagged = going.Select(g => g.Name).OfType<Reference>().ToArray();
        if (going.Count < all) return new RemovedImage(untagged, [], 0);
        var mark = StoreMark.Of(store);
        var image = new HashSet<Digest> { going[0].Manifest.Digest };
        var blobs = mark.Images.Find(i => i.Manifest == going[0].Manifest.Digest)?.Blobs.Where(b => mark.SharersOf(b) == 1 && store.Contains(b));
        return Shared(mark, going[0].Manifest.Digest, new RemovedImage(untagged, [.. blobs ?? []], mark.FreedBy(store, image)));
    }

    private (IReadOnlyList<NamedImage> Going, int All) Going(string nameOrId, bool force)
    {
        var entries = new ImageResolver(store).Resolve(nameOrId);
        var byName = Reference.TryParse(nameOrId, out var name) && (Equals(entries[0].Name, name) || name.Digest is not null);
        if (!byName && entries.Count > 1 && !force)
            throw new ImageException($"{nameOrId} has {entries.Count} names: {string.Join(", ", entries.Select(e => e.Name?.Familiar))}",
                "remove them by name, or all at once with --force");
        return (byName ? [entries[0]] : entries, entries.Count);
    }

    private static void CheckUsers(StoreMark mark, Digest manifest, string nameOrId)
    {
        if (mark.Images.Find(i => i.Manifest == manifest) is not { } image || mark.UsersOf(image).FirstOrDefault() is not { } user) return;
        throw new ImageException($"conflict: unable to remove {nameOrId} (must force): {user} is using it", "remove the container first; with --force the name goes, and the rest with the container");
    }

    private RemovedImage Shared(StoreMark mark, Digest manifest, RemovedImage removed)
    {
        if (mark.Images.Find(i => i.Manifest == manifest) is not { } image) return removed;
        var (bytes, with) = mark.SharedBy(store, image, Nothing);
        return removed with { SharedBytes = bytes, SharedWith = with };
    }

    /// <summary>How long the beginning of a download waits for its end.</summary>
    private static readonly TimeSpan PartialsStay = TimeSpan.FromDays(7);

    /// <summary>Removes what nothing names, and what a plan takes besides. Nothing is removed, and null given back, while content is in flight.</summary>
    private (Swept? Swept, long FreedBytes) Sweep(PrunePlan? plan = null)
    {
        var layers = DiskUse.Layers(store).Select(d => (DiffId: d, Bytes: DiskUse.OfLayer(store, d))).ToArray();
        var abandoned = clock.GetUtcNow() - PartialsStay;
        var swept = store.TrySweep(
            () =>
            {
                // The mark is made anew when no lease is held: an image may have got its name just now.
                var mark = Complete(StoreMark.Of(store), Nothing);
                bool Stays(Digest layer) => mark.NeedsLayer(layer) && plan?.Derived.Contains(layer) != true;
                return new NeededContent(mark.Blobs.ToHashSet(), Stays)
                {
                    IsNeededFact = d => mark.NeedsLayer(d) ? Stays(d) : mark.SharersOf(d) > 0,
                    IsNeededPartial = p => plan?.Keeps(p) ?? p.LastWritten >= abandoned,
                };
            },
            diffId => LayerUnpacker.Remove(store.Layers, diffId));
        if (swept is null) return (null, 0);
        store.ForgetReferrers();
        var gone = layers.Where(l => !Directory.Exists(DiskUse.LayerFolder(store, l.DiffId))).Sum(l => l.Bytes);
        return (swept, swept.FreedBytes + gone);
    }

    /// <summary>An image whose documents cannot be read keeps everything: what it needs is not known.</summary>
    private static StoreMark Complete(StoreMark mark, IReadOnlySet<Digest> going)
    {
        if (mark.Images.Find(i => i.Fault is not null && !going.Contains(i.Manifest)) is not { } damaged) return mark;
        var name = damaged.Entries.Select(e => e.Name?.Familiar).FirstOrDefault(n => n is not null) ?? damaged.Manifest.Short;
        throw new ImageException($"nothing was swept: the image {name} is damaged, and what it needs is not known",
            "fetch what is missing with: strata repair; or remove that image", damaged.Fault);
    }
}
