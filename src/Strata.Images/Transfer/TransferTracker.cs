using Strata.Oci;

namespace Strata.Images;

/// <summary>Counts what moves, from any thread, and reports the whole a few times a second.</summary>
internal sealed class TransferTracker(IProgress<TransferProgress>? progress, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(80);
    private readonly Lock _lock = new();
    private readonly Dictionary<Digest, (Descriptor Descriptor, bool IsLayer, BlobState State, long Done)> _blobs = [];
    private readonly List<Digest> _order = [];
    private long _reported;

    public long Moved { get; private set; }

    public long Reused { get; private set; }

    public void Expect(Descriptor blob, bool isLayer)
    {
        lock (_lock)
        {
            if (_blobs.TryAdd(blob.Digest, (blob, isLayer, BlobState.Waiting, 0))) _order.Add(blob.Digest);
        }
    }

    public void Start(Digest digest) => Change(digest, BlobState.Moving, 0, always: false);

    public void Advance(Digest digest, long bytes) => Change(digest, BlobState.Moving, bytes, always: false);

    /// <summary>What a layer that arrives is to be told to.</summary>
    public ILayerProgress For(Digest digest) => new OfLayer(this, digest);

    public void Finish(Digest digest) => Change(digest, BlobState.Done, 0, always: true);

    public void Reuse(Digest digest) => Change(digest, BlobState.Reused, 0, always: true);

    public void Report(TransferPhase phase)
    {
        if (progress is null) return;
        lock (_lock) progress.Report(Snapshot(phase));
    }

    private void Change(Digest digest, BlobState state, long bytes, bool always)
    {
        lock (_lock)
        {
            var (descriptor, isLayer, _, done) = _blobs[digest];
            _blobs[digest] = (descriptor, isLayer, state, state == BlobState.Done ? descriptor.Size : done + bytes);
            Moved += bytes;
            if (state == BlobState.Reused) Reused += descriptor.Size;
            if (progress is null) return;
            var now = clock.GetTimestamp();
            if (!always && clock.GetElapsedTime(_reported, now) < Interval) return;
            _reported = now;
            progress.Report(Snapshot(TransferPhase.Moving));
        }
    }

    /// <summary>Bytes that are there from an earlier attempt: done, and not moved.</summary>
    private void Keep(Digest digest, long bytes)
    {
        lock (_lock)
        {
            var (descriptor, isLayer, state, done) = _blobs[digest];
            _blobs[digest] = (descriptor, isLayer, state, done + bytes);
            Reused += bytes;
        }
    }

    private sealed class OfLayer(TransferTracker tracker, Digest digest) : ILayerProgress
    {
        public void Kept(long bytes) => tracker.Keep(digest, bytes);

        public void Arrived(int bytes) => tracker.Advance(digest, bytes);
    }

    private TransferProgress Snapshot(TransferPhase phase)
    {
        var blobs = _order.Select(d => _blobs[d]).ToArray();
        return new TransferProgress
        {
            Phase = phase,
            TotalBytes = blobs.Where(b => b.State != BlobState.Reused).Sum(b => b.Descriptor.Size),
            DoneBytes = blobs.Where(b => b.State != BlobState.Reused).Sum(b => b.Done),
            ReusedBytes = Reused,
            Blobs = [.. blobs.Select(b => new BlobProgress(b.Descriptor, b.IsLayer, b.State, b.Done))],
        };
    }
}
