using System.Collections.Concurrent;
using Strata.Content;
using Strata.Images.Archives;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images.Checking;

/// <summary>Reads everything that images need from disk again and holds it against its digests. Changes nothing.</summary>
internal sealed class StoreChecker(ContentStore store)
{
    private readonly ConcurrentDictionary<Digest, StoreFault> _faults = new();
    private readonly Dictionary<Digest, Item> _items = [];
    private long _bytes;

    public async Task<StoreCheck> RunAsync(IReadOnlyList<NamedImage> entries, CancellationToken cancellationToken)
    {
        var images = entries.GroupBy(e => e.Manifest.Digest).ToArray();
        foreach (var image in images) Collect([.. image]);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, 4), CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(_items.Values.OrderByDescending(i => i.Descriptor?.Size ?? 0), options, async (item, token) =>
        {
            if (await CheckAsync(item, token).ConfigureAwait(false) is { } fault) _faults.TryAdd(item.Digest, fault);
        }).ConfigureAwait(false);
        foreach (var item in _items.Values) CheckIndex(item);
        var order = _faults.Values.OrderBy(f => f.Images.FirstOrDefault(), StringComparer.Ordinal).ThenBy(f => f.Kind).ThenBy(f => f.Content.Hex, StringComparer.Ordinal);
        return new StoreCheck(images.Length, _items.Count, _bytes, [.. order]);
    }

    private void Collect(NamedImage[] entries)
    {
        var manifest = entries[0].Manifest;
        var names = entries.Select(e => e.Name?.Familiar).OfType<string>().DefaultIfEmpty(manifest.Digest.Short).ToArray();
        void Need(Digest digest, string what, Descriptor? descriptor = null, Digest? diffId = null)
        {
            if (!_items.TryGetValue(digest, out var item)) _items[digest] = item = new Item(digest, what, descriptor, [], []) { DiffId = diffId };
            item.Names.UnionWith(names);
            item.Manifests.Add(manifest.Digest);
        }

        // The index that the name has at its registry may be gone from the store without harm to the image.
        foreach (var index in entries.Select(e => e.RegistryDigest).OfType<Digest>().Where(d => d != manifest.Digest && store.Contains(d))) Need(index, "index");
        Need(manifest.Digest, MediaTypes.IsIndex(manifest.MediaType) ? "index" : "manifest", manifest);
        foreach (var below in Below(manifest, inner => Need(inner.Digest, "index", inner)))
        {
            Need(below.Digest, "manifest", below);
            if (Parsed(below.Digest, () => Manifest.Parse(store.ReadDocument(below.Digest, Manifest.MaxBytes))) is not { } parsed) continue;
            Need(parsed.Config.Digest, "config", parsed.Config);
            var diffIds = LayerTypes.AreOfFiles(parsed)
                ? Parsed(parsed.Config.Digest, () => ImageConfig.Parse(store.ReadDocument(parsed.Config.Digest, ImageConfig.MaxBytes)))?.RootFs.DiffIds : null;
            for (var i = 0; i < parsed.Layers.Count; i++) Need(parsed.Layers[i].Digest, "layer", parsed.Layers[i], i < diffIds?.Count ? diffIds[i] : null);
            if (diffIds is not null && diffIds.Count != parsed.Layers.Count)
                _faults.TryAdd(parsed.Config.Digest, FaultOf(_items[parsed.Config.Digest], FaultKind.Invalid, $"it names {diffIds.Count} layers, the manifest {parsed.Layers.Count}"));
        }
    }

    /// <summary>The manifests below an entry, as far as its indexes can be read.</summary>
    private IReadOnlyList<Descriptor> Below(Descriptor top, Action<Descriptor> need)
    {
        if (!MediaTypes.IsIndex(top.MediaType)) return [top];
        ImageIndex Read(Descriptor index) => ImageIndex.Parse(store.ReadDocument(index.Digest, Manifest.MaxBytes));
        if (Parsed(top.Digest, () => new FlatIndex(top.Digest.Short, Read(top))) is not { } flat) return [];
        while (flat.TryNext(out var inner))
        {
            need(inner);
            if (Parsed(inner.Digest, () => Read(inner)) is { } index) flat.Add(inner, index);
        }
        return [.. flat.Index.Manifests.DistinctBy(m => m.Digest)];
    }

    /// <summary>A document of an image; null when it has a fault. What is missing or damaged is found when it is checked, what is not valid only here.</summary>
    private T? Parsed<T>(Digest document, Func<T> read) where T : class
    {
        try
        {
            return read();
        }
        catch (DocumentException e)
        {
            _faults.TryAdd(document, FaultOf(_items[document], FaultKind.Invalid, e.Message));
            return null;
        }
        catch (Exception e) when (e is ContentMissingException or ContentMismatchException)
        {
            return null;
        }
    }

    private async Task<StoreFault?> CheckAsync(Item item, CancellationToken cancellationToken)
    {
        try
        {
            var length = new FileInfo(store.BlobPath(item.Digest)) is { Exists: true } file ? file.Length : 0;
            var blob = new VerifyingStream(store.OpenBlob(item.Digest), item.Digest, item.Descriptor?.Size ?? length);
            await using (blob.ConfigureAwait(false))
            {
                if (item.DiffId is { } diffId) await LayerReader.ReadAsync(blob, diffId, [], cancellationToken).ConfigureAwait(false);
                else await blob.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            }
            Interlocked.Add(ref _bytes, length);
            return null;
        }
        catch (ContentMissingException)
        {
            return FaultOf(item, FaultKind.Missing, "it is not in the store");
        }
        catch (ContentMismatchException e)
        {
            return FaultOf(item, FaultKind.Damaged, e.Message);
        }
        catch (LayerException e)
        {
            // Broken compression is how damage on disk shows first; only a blob whose digest holds is a wrong layer.
            return await CheckAsync(item with { DiffId = null }, cancellationToken).ConfigureAwait(false) ?? FaultOf(item, FaultKind.WrongLayer, e.Message);
        }
    }

    private void CheckIndex(Item item)
    {
        if (item.DiffId is not { } diffId || _faults.ContainsKey(item.Digest) || LayerIndex.TryLoad(store.Layers, diffId) is not null) return;
        // Without an index at all, the layer was put here by another tool, and is indexed when it is first looked into.
        if (!File.Exists(LayerIndex.PathIn(store.Layers, diffId))) return;
        _faults.TryAdd(diffId, FaultOf(item, FaultKind.BadIndex, "its index cannot be read") with { Content = diffId });
    }

    private static StoreFault FaultOf(Item item, FaultKind kind, string detail) => new(kind, item.Digest, item.What, [.. item.Names], detail)
    {
        Descriptor = item.Descriptor,
        DiffId = item.DiffId,
        Manifests = [.. item.Manifests],
    };

    private sealed record Item(Digest Digest, string What, Descriptor? Descriptor, SortedSet<string> Names, HashSet<Digest> Manifests)
    {
        public Digest? DiffId { get; init; }
    }
}
