namespace Strata.Registry.Server;

/// <summary>How many blobs there are, and their bytes; counted again when it is asked for after a minute.</summary>
internal sealed class StoredTotals(RegistryDatabase database, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private (long Blobs, long Bytes) _known;
    private long? _counted;

    public long Blobs => Count().Blobs;

    public long Bytes => Count().Bytes;

    private (long Blobs, long Bytes) Count()
    {
        lock (_lock)
        {
            if (_counted is { } at && time.GetElapsedTime(at) < Freshness) return _known;
            _known = database.Read(0, static (r, _) => r.StoredTotals());
            _counted = time.GetTimestamp();
            return _known;
        }
    }
}
