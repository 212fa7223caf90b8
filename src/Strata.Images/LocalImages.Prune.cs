using Strata.Images.Usage;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>Removes the images that nobody named, or all, and whatever else nothing needs: blobs, indexes, what killed processes left.</summary>
    /// <exception cref="ImageException">An image is damaged, so that what it needs is not known: nothing is swept.</exception>
    public PrunedImages Prune(PruneOptions options)
    {
        var mark = StoreMark.Of(store);
        var dangling = Dangling(mark);
        var images = mark.Images.Where(i => (options.All || dangling.Contains(i.Manifest)) && (options.Until is null || CreatedOf(i) < options.Until)).ToArray();
        var going = images.Select(i => i.Manifest).ToHashSet();
        var (shared, with) = SharedByAll(mark, images, going);
        var untagged = images.SelectMany(i => i.Entries).Select(e => e.Name).OfType<Reference>().ToArray();
        if (options.DryRun)
        {
            Complete(mark);
            return new PrunedImages(untagged, [.. going], mark.FreedBy(store, going) + Unneeded(mark), shared, with, IsSwept: false);
        }
        if (going.Count > 0) ImageNames.Remove(store, i => going.Contains(i.Manifest.Digest) && (options.All || i.Name is null));
        var (swept, freed) = Sweep();
        return new PrunedImages(untagged, [.. going], freed, shared, with, IsSwept: swept is not null);
    }

    /// <summary>Bytes that no image needs at all.</summary>
    private long Unneeded(StoreMark mark)
    {
        var needed = mark.Blobs.ToHashSet();
        return store.Blobs().Where(b => !needed.Contains(b.Digest)).Sum(b => b.Size)
            + DiskUse.Layers(store).Where(d => !mark.NeedsLayer(d)).Sum(d => DiskUse.OfLayer(store, d))
            + DiskUse.OfFolder(SpoolFolder);
    }

    private (long Bytes, int Images) SharedByAll(StoreMark mark, MarkedImage[] images, HashSet<Digest> going)
    {
        // A blob that two of the going share with one that stays counts once.
        var staying = mark.Images.Where(i => !going.Contains(i.Manifest)).ToArray();
        var blobs = images.SelectMany(i => i.Blobs).ToHashSet();
        var layers = images.SelectMany(i => i.DiffIds).ToHashSet();
        var sharers = staying.Where(s => s.Blobs.Overlaps(blobs)).ToArray();
        var bytes = blobs.Where(b => staying.Any(s => s.Blobs.Contains(b))).Sum(b => DiskUse.OfBlob(store, b))
            + layers.Where(l => staying.Any(s => s.DiffIds.Contains(l))).Sum(l => DiskUse.OfLayer(store, l));
        return (bytes, sharers.Length);
    }
}
