using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images;

/// <summary>
/// The one pass over a layer: verified, stored if it comes from outside, indexed, and shown to observers, while it streams by. Nothing is
/// published before both digests hold.
/// </summary>
internal sealed class LayerPass(ContentStore store, IReadOnlyList<ILayerObserver> observers)
{
    /// <summary>True when nothing is left to find out about a layer that the store has.</summary>
    public bool IsComplete(Digest diffId) =>
        File.Exists(LayerIndex.PathIn(store.Layers, diffId)) && observers.All(o => o.Begin(diffId) is null);

    /// <summary>Takes a layer in from <paramref name="source"/>, which is disposed.</summary>
    public async Task TakeInAsync(
        Stream source, Descriptor layer, Digest diffId, Action<int> advance, CancellationToken cancellationToken)
    {
        using var ingest = store.Ingest(layer);
        var tee = new IngestingStream(source, ingest, advance);
        await using (tee.ConfigureAwait(false))
        {
            await ReadAsync(tee, layer, diffId, () => ingest.Commit(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a layer that the store has, for what is not known of it yet.</summary>
    public async Task CatchUpAsync(Descriptor layer, Digest diffId, CancellationToken cancellationToken)
    {
        if (IsComplete(diffId)) return;
        var blob = new VerifyingStream(store.OpenBlob(layer.Digest), layer.Digest, layer.Size);
        await using (blob.ConfigureAwait(false))
        {
            await ReadAsync(blob, layer, diffId, () => { }, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(Stream compressed, Descriptor layer, Digest diffId, Action commit, CancellationToken cancellationToken)
    {
        var watching = observers.Select(o => (Observer: o, Visitor: o.Begin(diffId))).Where(w => w.Visitor is not null).ToArray();
        var indexer = File.Exists(LayerIndex.PathIn(store.Layers, diffId)) ? null : new LayerIndexer();
        List<ILayerVisitor> visitors = [.. watching.Select(w => w.Visitor!)];
        if (indexer is not null) visitors.Add(indexer);
        try
        {
            await LayerReader.ReadAsync(compressed, diffId, visitors, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is LayerException or ContentMismatchException)
        {
            throw new ImageException($"layer {layer.Digest.Short} is not usable: {e.Message}",
                "nothing of it was kept; pull again, and if it stays so, ask who published the image", e);
        }
        commit();
        indexer?.Save(store.Layers, diffId);
        foreach (var (observer, visitor) in watching) observer.Complete(diffId, visitor!);
    }

    /// <summary>Writes what passes to the store, too.</summary>
    private sealed class IngestingStream(Stream source, BlobIngest ingest, Action<int> advance) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer) => throw new NotSupportedException("a layer is taken in asynchronously");

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var n = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (n == 0) return 0;
            await ingest.WriteAsync(buffer[..n], cancellationToken).ConfigureAwait(false);
            advance(n);
            return n;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) source.Dispose();
            base.Dispose(disposing);
        }
    }
}
