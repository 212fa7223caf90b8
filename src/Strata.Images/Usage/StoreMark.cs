using Strata.Content;
using Strata.Images.Archives;
using Strata.Oci;

namespace Strata.Images.Usage;

/// <summary>
/// What the store's images need: each blob and each unpacked layer, with the images that need it. One mark answers what a removal frees,
/// what an image weighs alone, and what is kept.
/// </summary>
internal sealed class StoreMark
{
    private readonly Dictionary<Digest, Need> _blobs = [];
    private readonly Dictionary<Digest, Need> _layers = [];

    /// <summary>The images by their manifests, in the order of the index.</summary>
    public List<MarkedImage> Images { get; } = [];

    public List<ContentPin> Pins { get; } = [];

    public HashSet<Digest> PinnedBlobs { get; } = [];

    /// <summary>Mounted, so that they cannot come back by themselves.</summary>
    public HashSet<Digest> PinnedLayers { get; } = [];

    /// <summary>Digests that are needed; those of an image that is damaged cannot all be known, and <see cref="IsComplete"/> says so.</summary>
    public IReadOnlyCollection<Digest> Blobs => _blobs.Keys;

    public bool IsComplete => Images.TrueForAll(i => i.Fault is null);

    public static StoreMark Of(ContentStore store)
    {
        var mark = new StoreMark();
        foreach (var image in ImageNames.Read(store).GroupBy(i => i.Manifest.Digest)) mark.Add(store, [.. image]);
        foreach (var pin in store.Pins()) mark.Add(store, pin);
        return mark;
    }

    public bool NeedsLayer(Digest diffId) => _layers.ContainsKey(diffId);

    /// <summary>How many images need the blob.</summary>
    public int SharersOf(Digest blob) => _blobs.TryGetValue(blob, out var need) ? need.Images.Count : 0;

    /// <summary>Bytes that only <paramref name="going"/> need: what the store has less when they are removed.</summary>
    public long FreedBy(ContentStore store, IReadOnlySet<Digest> going) =>
        Only(_blobs, going).Sum(d => DiskUse.OfBlob(store, d)) + Only(_layers, going).Sum(d => DiskUse.OfLayer(store, d));

    /// <summary>What an image shares with others: bytes, and how many images they are.</summary>
    public (long Bytes, int Images) SharedBy(ContentStore store, MarkedImage image, IReadOnlySet<Digest> going)
    {
        var with = new HashSet<Digest>();
        long bytes = 0;
        foreach (var (needs, ids, sizeOf) in ((Dictionary<Digest, Need>, IEnumerable<Digest>, Func<ContentStore, Digest, long>)[])
                 [(_blobs, image.Blobs, DiskUse.OfBlob), (_layers, image.DiffIds, DiskUse.OfLayer)])
        {
            foreach (var id in ids)
            {
                var others = needs[id].Images.Where(i => i != image.Manifest && !going.Contains(i)).ToArray();
                if (others.Length == 0) continue;
                bytes += sizeOf(store, id);
                with.UnionWith(others);
            }
        }
        return (bytes, with.Count);
    }

    /// <summary>What is pinned needs what an image would; it is no image of the list, so that no removal takes it.</summary>
    private void Add(ContentStore store, ContentPin pin)
    {
        Pins.Add(pin);
        var blobs = new HashSet<Digest> { pin.Manifest };
        try
        {
            var parsed = Manifest.Parse(store.ReadDocument(pin.Manifest, Manifest.MaxBytes));
            blobs.UnionWith([parsed.Config.Digest, .. parsed.Layers.Select(l => l.Digest)]);
        }
        catch (Exception e) when (e is DocumentException or ContentMissingException or ContentMismatchException)
        {
            // The trees are enough to run; what else there was cannot be known.
        }
        // A user of its own: whatever images go, the pin stays.
        var user = Digest.Of(System.Text.Encoding.UTF8.GetBytes(pin.ShownAs));
        foreach (var blob in blobs) Need.In(_blobs, blob).Images.Add(user);
        foreach (var diffId in pin.Layers) Need.In(_layers, diffId).Images.Add(user);
        PinnedBlobs.UnionWith(blobs);
        PinnedLayers.UnionWith(pin.Layers);
    }

    /// <summary>Who uses an image, besides its names.</summary>
    public IEnumerable<string> UsersOf(MarkedImage image) => Pins.Where(p => image.Manifests.Contains(p.Manifest)).Select(p => p.ShownAs);

    private static IEnumerable<Digest> Only(Dictionary<Digest, Need> needs, IReadOnlySet<Digest> going) =>
        needs.Where(n => n.Value.Images.IsSubsetOf(going)).Select(n => n.Key);

    private void Add(ContentStore store, NamedImage[] entries)
    {
        var manifest = entries[0].Manifest;
        // What a name has at its registry is an index, mostly, and is kept with the image.
        var blobs = new HashSet<Digest>(entries.Select(e => e.RegistryDigest).OfType<Digest>()) { manifest.Digest };
        var diffIds = new HashSet<Digest>();
        Exception? fault = null;
        Digest? id = null;
        var manifests = new HashSet<Digest> { manifest.Digest };
        try
        {
            var images = new StoredImages(store);
            blobs.UnionWith(images.InnerIndexes(manifest).Select(i => i.Digest));
            foreach (var below in images.Manifests(manifest))
            {
                var parsed = Manifest.Parse(store.ReadDocument(below.Digest, Manifest.MaxBytes));
                blobs.Add(below.Digest);
                manifests.Add(below.Digest);
                blobs.Add(parsed.Config.Digest);
                blobs.UnionWith(parsed.Layers.Select(l => l.Digest));
                if (LayerTypes.AreOfFiles(parsed))
                    diffIds.UnionWith(ImageConfig.Parse(store.ReadDocument(parsed.Config.Digest, ImageConfig.MaxBytes)).RootFs.DiffIds);
            }
            foreach (var about in manifests.SelectMany(store.ReferrersOf).Where(store.Contains))
            {
                var parsed = Manifest.Parse(store.ReadDocument(about, Manifest.MaxBytes));
                blobs.UnionWith([about, parsed.Config.Digest, .. parsed.Layers.Select(l => l.Digest)]);
            }
            id = images.Representative(manifest) is { } shown ? images.TryConfig(shown) : null;
        }
        catch (Exception e) when (e is DocumentException or ContentMissingException or ContentMismatchException)
        {
            fault = e;
        }
        Images.Add(new MarkedImage(manifest.Digest, id, entries, manifests, blobs, diffIds, fault));
        foreach (var blob in blobs) Need.In(_blobs, blob).Images.Add(manifest.Digest);
        foreach (var diffId in diffIds) Need.In(_layers, diffId).Images.Add(manifest.Digest);
    }

    private sealed record Need(HashSet<Digest> Images)
    {
        public static Need In(Dictionary<Digest, Need> needs, Digest digest)
        {
            if (!needs.TryGetValue(digest, out var need)) needs[digest] = need = new Need([]);
            return need;
        }
    }
}

/// <param name="Manifest">Tells images apart: two names of one manifest, or of one index with all that is below it, are one image.</param>
/// <param name="Id">The config's digest, of this machine's platform where there are several; null when the manifest cannot be read.</param>
/// <param name="Manifests">The manifest, and those below it where it is an index.</param>
/// <param name="Fault">Why not all that the image needs is known; null when it is.</param>
internal sealed record MarkedImage(
    Digest Manifest, Digest? Id, IReadOnlyList<NamedImage> Entries, IReadOnlySet<Digest> Manifests, IReadOnlySet<Digest> Blobs, IReadOnlySet<Digest> DiffIds, Exception? Fault);
