using Strata.Content;
using Strata.Images.Usage;
using Strata.Oci;

namespace Strata.Images.Pruning;

/// <summary>
/// The store's bytes, and who needs them: takes one thing after another off, and knows what is left. What nobody needs is off from the
/// beginning. A sweep that leaves the same things frees exactly the difference.
/// </summary>
internal sealed class StoreLedger
{
    private readonly Dictionary<Digest, Post> _blobs = [];
    private readonly Dictionary<Digest, Post> _derived = [];

    /// <param name="isAbandoned">Of a download that was begun: it goes in any case.</param>
    public StoreLedger(ContentStore store, StoreMark mark, Func<PartialDownload, bool> isAbandoned)
    {
        var blobs = store.Blobs().ToDictionary(b => b.Digest, b => b.Size);
        var facts = store.FactFiles().GroupBy(f => f.Digest).ToDictionary(g => g.Key, g => g.Sum(f => f.File.Length));
        var layers = DiskUse.Layers(store).ToDictionary(d => d, d => DiskUse.OfLayer(store, d));
        Partials = [.. store.Partials().OrderBy(p => p.LastWritten)];
        // A fact may be about any document; those of layers go with what else is derived of them.
        var unrelated = DiskUse.OfFolder(store.Facts) - facts.Values.Sum();
        Total = blobs.Values.Sum() + facts.Values.Sum() + layers.Values.Sum() + unrelated + Partials.Sum(p => p.Bytes) + store.UnnamedIngests;
        foreach (var image in mark.Images)
        {
            foreach (var blob in image.Blobs) Post.In(_blobs, blob, blobs.GetValueOrDefault(blob) + facts.GetValueOrDefault(blob)).Needs++;
            foreach (var layer in image.DiffIds) Post.In(_derived, layer, layers.GetValueOrDefault(layer) + facts.GetValueOrDefault(layer)).Needs++;
        }
        foreach (var blob in mark.PinnedBlobs) Post.In(_blobs, blob, blobs.GetValueOrDefault(blob) + facts.GetValueOrDefault(blob)).Needs++;
        foreach (var layer in mark.PinnedLayers) Post.In(_derived, layer, layers.GetValueOrDefault(layer) + facts.GetValueOrDefault(layer)).Needs++;
        // A layer that is a plain tar is a blob and a diffID at once: its facts count as what is derived.
        foreach (var both in _derived.Keys.Where(_blobs.ContainsKey)) _blobs[both].Bytes -= facts.GetValueOrDefault(both);
        Left = unrelated + _blobs.Values.Sum(b => b.Bytes) + _derived.Values.Sum(d => d.Bytes) + Partials.Where(p => !isAbandoned(p)).Sum(p => p.Bytes);
    }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<PartialDownload> Partials { get; }

    /// <summary>What the store takes now.</summary>
    public long Total { get; }

    /// <summary>What it will take.</summary>
    public long Left { get; private set; }

    public long DerivedOf(Digest diffId) => _derived.TryGetValue(diffId, out var post) && post.Needs > 0 ? post.Bytes : 0;

    /// <summary>What taking an image off would free now.</summary>
    public long OnlyOf(MarkedImage image) => image.Blobs.Sum(b => _blobs[b] is { Needs: 1 } post ? post.Bytes : 0)
        + image.DiffIds.Sum(d => _derived[d] is { Needs: 1 } post ? post.Bytes : 0);

    public void Take(MarkedImage image)
    {
        Left -= OnlyOf(image);
        foreach (var blob in image.Blobs) _blobs[blob].Needs--;
        foreach (var layer in image.DiffIds) _derived[layer].Needs--;
    }

    public void TakeDerived(Digest diffId)
    {
        Left -= DerivedOf(diffId);
        _derived[diffId].Bytes = 0;
    }

    public void Take(PartialDownload partial) => Left -= partial.Bytes;

    private sealed class Post
    {
        public long Bytes { get; set; }

        public int Needs { get; set; }

        public static Post In(Dictionary<Digest, Post> posts, Digest digest, long bytes)
        {
            if (!posts.TryGetValue(digest, out var post)) posts[digest] = post = new Post { Bytes = bytes };
            return post;
        }
    }
}
