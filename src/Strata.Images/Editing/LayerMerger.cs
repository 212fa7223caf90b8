using Strata.Content;
using Strata.Images.Archives;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images.Editing;

/// <summary>
/// Makes one layer of several, which are streamed and never held: first for what is in them, by which both digests of each are checked, too;
/// then their members go over byte for byte, folders first, so that owners, times and attributes are what they were.
/// </summary>
internal sealed class LayerMerger(ContentStore store, IReadOnlyList<(Descriptor Layer, Digest DiffId)> layers, int from)
{
    /// <exception cref="ImageException">A layer is damaged, or has what cannot be merged.</exception>
    public async Task<WrittenLayer> MergeAsync(CancellationToken cancellationToken)
    {
        var plan = new MergePlan(await ReadEntriesAsync(cancellationToken).ConfigureAwait(false), from);
        // Compression is work for a processor, not something to await.
        return await Task.Run(() => WriteAsync(plan, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<IReadOnlyList<MergeEntry>>> ReadEntriesAsync(CancellationToken cancellationToken)
    {
        var all = new List<IReadOnlyList<MergeEntry>>();
        foreach (var (layer, diffId) in layers)
        {
            var entries = new EntryList();
            var blob = new VerifyingStream(store.OpenBlob(layer.Digest), layer.Digest, layer.Size);
            await using (blob.ConfigureAwait(false)) await LayerReader.ReadAsync(blob, diffId, [entries], cancellationToken).ConfigureAwait(false);
            all.Add(entries.Entries);
        }
        return all;
    }

    private async Task<WrittenLayer> WriteAsync(MergePlan plan, CancellationToken cancellationToken)
    {
        var compressor = new LayerCompressor(store);
        await using (compressor.ConfigureAwait(false))
        {
            var tar = new BufferedStream(compressor, 256 * 1024);
            await using (tar.ConfigureAwait(false))
            {
                // Whiteouts first, as layer.md asks for: what they hide is below, never in this layer.
                foreach (var (path, whiteout) in plan.Whiteouts) tar.Write(TarHead.File(NameOf(path, whiteout), size: 0));
                // Then folders, parents before children: upper layers name folders again that lower ones have files in, and a reader that
                // meets a file first makes its folder up. Their headers are small enough to be held.
                var folders = new List<(string Path, byte[] Head)>();
                for (var i = plan.From; i < layers.Count; i++)
                    await WalkAsync(i, plan, (_, member, entry) => { if (plan.IsFolder(entry)) folders.Add((plan.PathOf(entry), member.Head)); }, cancellationToken).ConfigureAwait(false);
                foreach (var (_, head) in folders.OrderBy(f => f.Path, StringComparer.Ordinal)) tar.Write(head);
                for (var i = 0; i < layers.Count; i++)
                    if (plan.IsNeeded(i)) await WalkAsync(i, plan, (members, member, entry) => Write(members, member, entry, plan, tar, cancellationToken), cancellationToken).ConfigureAwait(false);
                tar.Write(new byte[2 * TarFields.Block]);
                tar.Flush();
                return compressor.Commit(expected: null);
            }
        }
    }

    private static void Write(TarMembers members, TarMember member, EntryAt entry, MergePlan plan, Stream target, CancellationToken cancellationToken)
    {
        if (plan.IsFolder(entry)) return;
        var (path, link) = plan.Changes(entry);
        target.Write(path is null && link is null ? member.Head : TarHead.Renamed(member, path ?? member.Path, link));
        members.CopyTo(target, cancellationToken);
    }

    /// <summary>Shows each member of a layer that has a place in the result.</summary>
    private async Task WalkAsync(int layer, MergePlan plan, Action<TarMembers, TarMember, EntryAt> visit, CancellationToken cancellationToken)
    {
        var blob = new PeekedStream(new BufferedStream(store.OpenBlob(layers[layer].Layer.Digest), 256 * 1024));
        var compression = await blob.PeekAsync(cancellationToken).ConfigureAwait(false);
        var plain = compression.Open(blob, $"layer {layers[layer].Layer.Digest.Short}");
        await using (plain.ConfigureAwait(false))
        {
            var members = new TarMembers(new BufferedStream(plain, 256 * 1024));
            var entry = 0;
            while (members.Next(cancellationToken) is { } member)
            {
                if (member.IsGlobalHeader) CheckGlobal(members, layer);
                else if (new EntryAt(layer, entry++) is var at && plan.HasPlace(at)) visit(members, member, at);
            }
        }
    }

    /// <summary>A global header speaks of all that follows, and in one tar that would be other layers' members, too. A comment says nothing.</summary>
    private void CheckGlobal(TarMembers members, int layer)
    {
        using var body = new MemoryStream();
        var buffer = new byte[4096];
        for (int n; (n = members.Read(buffer)) > 0 && body.Length < 1024 * 1024;) body.Write(buffer, 0, n);
        if (TarFields.Records(body.ToArray()).Exists(r => r.Key != "comment"))
            throw new ImageException($"layer {layers[layer].Layer.Digest.Short} has a global PAX header, which cannot be merged with other layers", "squash from the layer above it: --from N");
    }

    private static string NameOf(string path, Whiteout whiteout)
    {
        if (whiteout == Whiteout.Opaque) return path.Length == 0 ? ".wh..wh..opq" : path + "/.wh..wh..opq";
        var name = path.LastIndexOf('/') + 1;
        return $"{path[..name]}.wh.{path[name..]}";
    }

    private sealed class EntryList : ILayerVisitor
    {
        public List<MergeEntry> Entries { get; } = [];

        public bool Enter(LayerEntry entry)
        {
            Entries.Add(MergeEntry.Of(entry));
            return false;
        }

        public void Content(ReadOnlySpan<byte> bytes)
        {
        }

        public void Leave()
        {
        }
    }
}
