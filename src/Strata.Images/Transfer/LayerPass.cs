using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images;

/// <summary>
/// The one pass over a layer: verified, stored if it comes from outside, unpacked, indexed, and shown to observers, while it streams by.
/// Nothing is published before both digests hold.
/// </summary>
internal sealed class LayerPass(ContentStore store, IReadOnlyList<ILayerObserver> observers)
{
    /// <summary>True when nothing is left to do with a layer that the store has.</summary>
    public bool IsComplete(Digest diffId, bool unpacked) =>
        IsIndexed(diffId) && (!unpacked || IsUnpacked(diffId)) && observers.All(o => o.Begin(diffId) is null);

    /// <summary>Takes a layer in. It goes on where an earlier attempt stopped, and waits while another process brings it.</summary>
    /// <param name="open">Opens the layer at an offset; what it gives is verified here.</param>
    /// <exception cref="ImageException">What came is not the layer, or the layer is not usable; nothing of it is kept.</exception>
    public async Task TakeInAsync(
        Func<long, CancellationToken, Task<Stream>> open, Descriptor layer, Digest diffId, bool unpack, ILayerProgress progress, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var partial = await store.ResumeAsync(layer, cancellationToken).ConfigureAwait(false);
            if (partial is null)
            {
                await CatchUpAsync(layer, diffId, unpack, cancellationToken).ConfigureAwait(false);
                return;
            }
            var kept = partial.Length;
            progress.Kept(kept);
            var arriving = new ArrivingStream(partial, layer.Size, open, progress);
            await using (arriving.ConfigureAwait(false))
            {
                if (await TryReadAsync(arriving, partial, layer, diffId, unpack, mayRepeat: kept > 0, cancellationToken).ConfigureAwait(false)) return;
            }
            // What an earlier attempt left was damaged, as after a power cut: from the start, once.
            progress.Kept(-kept);
        }
    }

    /// <summary>Takes a layer in from a source that is read from its begin, such as an archive; it stays packed.</summary>
    /// <inheritdoc cref="TakeInAsync(Func{long, CancellationToken, Task{Stream}}, Descriptor, Digest, bool, ILayerProgress, CancellationToken)" path="/exception"/>
    public Task TakeInAsync(
        Func<CancellationToken, Task<Stream>> open, Descriptor layer, Digest diffId, Action<int> advance, CancellationToken cancellationToken) =>
        TakeInAsync((offset, stop) => OpenAtAsync(open, offset, stop), layer, diffId, unpack: false, new Advancing(advance), cancellationToken);

    /// <summary>Takes in content that is no layer of files, such as an attestation's statement: verified by its digest, and only stored.</summary>
    /// <exception cref="ImageException">What came is not what its digest says; nothing of it is kept.</exception>
    public async Task StoreAsync(
        Func<long, CancellationToken, Task<Stream>> open, Descriptor blob, ILayerProgress progress, CancellationToken cancellationToken)
    {
        for (var mayRepeat = true; mayRepeat;)
        {
            using var partial = await store.ResumeAsync(blob, cancellationToken).ConfigureAwait(false);
            if (partial is null) return;
            var kept = partial.Length;
            progress.Kept(kept);
            var arriving = new ArrivingStream(partial, blob.Size, open, progress);
            await using (arriving.ConfigureAwait(false))
            {
                try
                {
                    await arriving.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
                    partial.Commit();
                    return;
                }
                catch (ContentMismatchException e)
                {
                    mayRepeat = kept > 0 ? mayRepeat : throw NotUsable(blob, e);
                    partial.Discard();
                }
            }
            progress.Kept(-kept);
        }
    }

    /// <summary>The same from a source that is read from its begin, such as an archive.</summary>
    /// <inheritdoc cref="StoreAsync(Func{long, CancellationToken, Task{Stream}}, Descriptor, ILayerProgress, CancellationToken)" path="/exception"/>
    public Task StoreAsync(Func<CancellationToken, Task<Stream>> open, Descriptor blob, Action<int> advance, CancellationToken cancellationToken) =>
        StoreAsync((offset, stop) => OpenAtAsync(open, offset, stop), blob, new Advancing(advance), cancellationToken);

    /// <summary>Reads a layer that the store has, for what is not known of it yet.</summary>
    public Task CatchUpAsync(Descriptor layer, Digest diffId, CancellationToken cancellationToken) =>
        CatchUpAsync(layer, diffId, unpack: false, cancellationToken);

    /// <summary>
    /// Reads a layer that the store has, for what is not done with it yet. The blob was hashed when it came in, and what is learnt here goes by
    /// the diffID, which is checked: so the blob is hashed again only to say what is wrong.
    /// </summary>
    public async Task CatchUpAsync(Descriptor layer, Digest diffId, bool unpack, CancellationToken cancellationToken)
    {
        if (IsComplete(diffId, unpack)) return;
        var blob = store.OpenBlob(layer.Digest);
        await using (blob.ConfigureAwait(false))
        {
            try
            {
                await ReadAsync(blob, diffId, unpack, commit: () => { }, cancellationToken).ConfigureAwait(false);
            }
            catch (LayerException e)
            {
                throw NotUsable(layer, await DamageAsync(layer, cancellationToken).ConfigureAwait(false) ?? e);
            }
        }
    }

    /// <summary>What the disk did to a blob of the store; null when the blob is as it came.</summary>
    private async Task<Exception?> DamageAsync(Descriptor layer, CancellationToken cancellationToken)
    {
        var blob = new VerifyingStream(store.OpenBlob(layer.Digest), layer.Digest, layer.Size);
        await using (blob.ConfigureAwait(false))
        {
            try
            {
                await blob.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
                return null;
            }
            catch (ContentMismatchException e)
            {
                return e;
            }
        }
    }

    /// <summary>False when what was kept of an earlier attempt turned out to be damaged, and it may be tried anew.</summary>
    private async Task<bool> TryReadAsync(
        ArrivingStream arriving, PartialBlob partial, Descriptor layer, Digest diffId, bool unpack, bool mayRepeat, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(arriving, diffId, unpack, partial.Commit, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ContentMismatchException e)
        {
            return mayRepeat ? false : throw NotUsable(layer, e);
        }
        catch (LayerException e)
        {
            // Bytes that are wrong make a layer that is wrong: which of the two it is, the digest says.
            var cause = await WrongBytesAsync(arriving, partial, cancellationToken).ConfigureAwait(false);
            if (cause is not null && mayRepeat) return false;
            partial.Discard();
            throw NotUsable(layer, cause ?? e);
        }
    }

    private static async Task<Exception?> WrongBytesAsync(ArrivingStream arriving, PartialBlob partial, CancellationToken cancellationToken)
    {
        try
        {
            await arriving.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            partial.Verify();
            return null;
        }
        catch (ContentMismatchException e)
        {
            return e;
        }
    }

    private static async Task<Stream> OpenAtAsync(Func<CancellationToken, Task<Stream>> open, long offset, CancellationToken cancellationToken)
    {
        var source = await open(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[64 * 1024];
        for (var left = offset; left > 0;)
        {
            var n = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken).ConfigureAwait(false);
            if (n == 0) break;
            left -= n;
        }
        return source;
    }

    private sealed class Advancing(Action<int> advance) : ILayerProgress
    {
        public void Kept(long bytes)
        {
        }

        public void Arrived(int bytes) => advance(bytes);
    }

    private static ImageException NotUsable(Descriptor layer, Exception e) =>
        new($"layer {layer.Digest.Short} is not usable: {e.Message}",
            "nothing of it was kept; pull again, and if it stays so, ask who published the image", e);

    /// <summary>An index that cannot be read, of another version or damaged, is as good as none.</summary>
    private bool IsIndexed(Digest diffId) => LayerIndex.TryLoad(store.Layers, diffId) is not null;

    private bool IsUnpacked(Digest diffId) => LayerUnpacker.IsUnpacked(store.Layers, diffId);

    private async Task ReadAsync(Stream compressed, Digest diffId, bool unpack, Action commit, CancellationToken cancellationToken)
    {
        var watching = observers.Select(o => (Observer: o, Visitor: o.Begin(diffId))).Where(w => w.Visitor is not null).ToArray();
        using var indexer = IsIndexed(diffId) ? null : new LayerIndexer();
        using var unpacker = unpack && !IsUnpacked(diffId) ? LayerUnpacker.Begin(store.Layers, diffId, UnpackOptions.Default) : null;
        List<ILayerVisitor> visitors = [.. watching.Select(w => w.Visitor!)];
        if (unpacker is not null) visitors.Add(unpacker);
        if (indexer is not null) visitors.Add(indexer);
        await LayerReader.ReadAsync(compressed, diffId, visitors, cancellationToken).ConfigureAwait(false);
        commit();
        unpacker?.Commit();
        indexer?.Save(store.Layers, diffId);
        foreach (var (observer, visitor) in watching) observer.Complete(diffId, visitor!);
    }
}
