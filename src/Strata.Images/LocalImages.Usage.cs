using Strata.Content;
using Strata.Images.Usage;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    private static readonly IReadOnlySet<Digest> Nothing = new HashSet<Digest>();

    /// <summary>What the store holds, and what each image weighs alone and with others, by the mark that removal uses.</summary>
    public StoreUsage Usage()
    {
        var mark = StoreMark.Of(store);
        // What `prune` removes: images without a name, and what nothing names at all.
        var dangling = Dangling(mark);
        var named = new HashSet<Digest>(mark.Images.Where(i => !dangling.Contains(i.Manifest)).SelectMany(i => i.Blobs));
        var namedLayers = new HashSet<Digest>(mark.Images.Where(i => !dangling.Contains(i.Manifest)).SelectMany(i => i.DiffIds));
        var blobs = store.Blobs().ToArray();
        var layers = DiskUse.Layers(store).Select(d => (DiffId: d, Bytes: DiskUse.OfLayer(store, d))).ToArray();
        var facts = DiskUse.Files(store.Facts).ToArray();
        var stray = store.FactFiles().Where(f => !mark.NeedsLayer(f.Digest) && mark.SharersOf(f.Digest) == 0).ToArray();
        var ingest = DiskUse.Files(SpoolFolder).ToArray();
        var partials = store.Partials().Where(p => p.LastWritten >= clock.GetUtcNow() - PartialsStay).ToArray();
        return new StoreUsage
        {
            Images = [.. mark.Images.Select(i => UsageOf(mark, i))],
            Blobs = new UsagePart(blobs.Length, blobs.Count(b => named.Contains(b.Digest)), blobs.Sum(b => b.Size),
                mark.IsComplete ? blobs.Where(b => !named.Contains(b.Digest)).Sum(b => b.Size) : 0),
            Layers = new UsagePart(layers.Length, layers.Count(l => namedLayers.Contains(l.DiffId)), layers.Sum(l => l.Bytes),
                mark.IsComplete ? layers.Where(l => !namedLayers.Contains(l.DiffId)).Sum(l => l.Bytes) : 0),
            // Facts of what no image has go with the next prune; those of images are dear to make and cost little to keep.
            Facts = new UsagePart(facts.Length, facts.Length - stray.Length, facts.Sum(f => f.Length), mark.IsComplete ? stray.Sum(f => f.File.Length) : 0),
            Ingest = new UsagePart(ingest.Length, partials.Length, ingest.Sum(f => f.Length), ingest.Sum(f => f.Length) - partials.Sum(p => p.Bytes)),
        };
    }

    /// <summary>Blobs that an image of the store has, or something that is about one.</summary>
    public IReadOnlySet<Digest> BlobsOfImages() => StoreMark.Of(store).Images.SelectMany(i => i.Blobs).ToHashSet();

    private ImageUsage UsageOf(StoreMark mark, MarkedImage image)
    {
        var (shared, with) = mark.SharedBy(store, image, Nothing);
        return new ImageUsage
        {
            Id = image.Id,
            Manifest = image.Manifest,
            Names = [.. image.Entries.Select(e => e.Name).OfType<Reference>()],
            Created = CreatedOf(image),
            UniqueBytes = mark.FreedBy(store, new HashSet<Digest> { image.Manifest }),
            SharedBytes = shared,
            SharedWith = with,
            IsDamaged = image.Fault is not null,
        };
    }

    private DateTimeOffset? CreatedOf(MarkedImage image)
    {
        try
        {
            return image.Id is { } id ? ImageConfig.Parse(store.ReadDocument(id, ImageConfig.MaxBytes)).Created : null;
        }
        catch (Exception e) when (e is DocumentException or ContentMissingException or ContentMismatchException)
        {
            return null;
        }
    }

    private static HashSet<Digest> Dangling(StoreMark mark) => [.. mark.Images.Where(i => i.Entries.All(e => e.Name is null)).Select(i => i.Manifest)];
}
