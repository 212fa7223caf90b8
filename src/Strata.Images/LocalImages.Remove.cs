using Strata.Content;
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
        var entries = new ImageResolver(store).Resolve(nameOrId);
        var byName = Reference.TryParse(nameOrId, out var name) && (Equals(entries[0].Name, name) || name.Digest is not null);
        if (!byName && entries.Count > 1 && !force)
            throw new ImageException($"{nameOrId} has {entries.Count} names: {string.Join(", ", entries.Select(e => e.Name?.Familiar))}",
                "remove them by name, or all at once with --force");
        var going = byName ? [entries[0]] : entries;
        ImageNames.Remove(store, i => going.Any(g => Equals(g.Name, i.Name) && g.Manifest.Digest == i.Manifest.Digest));
        var untagged = going.Select(g => g.Name).OfType<Reference>().ToArray();
        if (going.Count < entries.Count) return new RemovedImage(untagged, [], 0);
        var swept = store.TrySweep(Reachable, IsNeededLayer(), diffId => LayerUnpacker.Remove(store.Layers, diffId), clock.GetUtcNow() - PartialsStay);
        return new RemovedImage(untagged, swept?.Removed ?? [], swept?.FreedBytes ?? 0);
    }

    /// <summary>How long the beginning of a download waits for its end.</summary>
    private static readonly TimeSpan PartialsStay = TimeSpan.FromDays(7);

    /// <summary>All that the names lead to. An image whose manifest cannot be read keeps everything: what it needs is not known.</summary>
    private HashSet<Digest> Reachable()
    {
        var keep = new HashSet<Digest>();
        foreach (var image in ImageNames.Read(store))
        {
            if (image.RegistryDigest is { } digest) keep.Add(digest);
            keep.Add(image.Manifest.Digest);
            foreach (var child in Children(image.Manifest)) keep.Add(child);
        }
        return keep;
    }

    private IEnumerable<Digest> Children(Descriptor manifest)
    {
        try
        {
            var parsed = ReadManifest(manifest.Digest);
            return [parsed.Config.Digest, .. parsed.Layers.Select(l => l.Digest)];
        }
        catch (Exception e) when (e is DocumentException or ContentMissingException or ContentMismatchException)
        {
            throw new ImageException($"nothing was swept: the manifest {manifest.Digest.Short} is damaged, and what it needs is not known",
                "pull that image again, or remove it by its digest", e);
        }
    }

    private Func<Digest, bool> IsNeededLayer()
    {
        var needed = new Lazy<HashSet<Digest>>(() =>
            [.. ImageNames.Read(store).SelectMany(i => ReadConfig(ReadManifest(i.Manifest.Digest)).RootFs.DiffIds)]);
        return diffId => needed.Value.Contains(diffId);
    }
}
