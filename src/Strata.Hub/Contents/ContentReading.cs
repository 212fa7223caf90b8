namespace Strata.Hub;

/// <summary>The reading of an image's layers, under way or over.</summary>
public sealed class ContentReading
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _bytes;
    private int _layers;

    internal ContentReading(ImageContent image)
    {
        Image = image;
        TotalBytes = image.Layers.Sum(l => l.Size);
    }

    public ImageContent Image { get; }

    /// <summary>Compressed bytes of all layers.</summary>
    public long TotalBytes { get; }

    /// <summary>Those of them that have been read, or need not be.</summary>
    public long Bytes => Math.Min(TotalBytes, Interlocked.Read(ref _bytes));

    /// <summary>Layers that are known.</summary>
    public int Layers => Volatile.Read(ref _layers);

    /// <summary>Why it could not be read; null while it is read, and when it was.</summary>
    public string? Fault { get; private set; }

    /// <summary>Ends when the reading does, however that is; see <see cref="Fault"/>.</summary>
    public Task Completion => _done.Task;

    internal void Advance(long bytes) => Interlocked.Add(ref _bytes, bytes);

    internal void Finish(long rest)
    {
        Interlocked.Add(ref _bytes, rest);
        Interlocked.Increment(ref _layers);
    }

    internal void End(string? fault)
    {
        Fault = fault;
        _done.TrySetResult();
    }
}
