using System.Diagnostics.Metrics;

namespace Strata.Registry.Server;

/// <summary>Every instrument of the registry. One that nobody listens to costs a comparison.</summary>
internal sealed class RegistryMetrics : IDisposable
{
    public const string MeterName = "Strata.Registry";

    private static readonly double[] Durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
    private static readonly object[] Statuses = [.. Enumerable.Range(0, 600).Select(n => (object)n)];

    private readonly Meter _meter;
    private readonly Histogram<double> _requests;
    private readonly Histogram<double> _commits;
    private readonly Counter<long> _committed;
    private readonly Counter<long> _collections;
    private readonly Counter<long> _collected;

    // Of each request there may be several: they are added here and asked for when somebody reads, which costs a tenth of telling each at once.
    private long _received;
    private long _sent;
    private long _pulls;
    private long _pushes;

    public RegistryMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _requests = _meter.CreateHistogram(
            "http.server.request.duration", "s", "How long requests took, by route, method and status.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Durations });
        _meter.CreateObservableCounter("strata.registry.received", () => Interlocked.Read(ref _received), "By", "Bytes of requests' bodies.");
        _meter.CreateObservableCounter("strata.registry.sent", () => Interlocked.Read(ref _sent), "By", "Bytes of answers' bodies.");
        _meter.CreateObservableCounter("strata.registry.pulls", () => Interlocked.Read(ref _pulls), description: "Manifests that were fetched.");
        _meter.CreateObservableCounter("strata.registry.pushes", () => Interlocked.Read(ref _pushes), description: "Manifests that were taken.");
        _commits = _meter.CreateHistogram(
            "strata.registry.database.commit.duration", "s", "How long commits of the database took.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Durations });
        _committed = _meter.CreateCounter<long>("strata.registry.database.writes", description: "Writes that were committed; many share a commit.");
        _collections = _meter.CreateCounter<long>("strata.registry.garbage.collections", description: "Runs of the garbage collection.");
        _collected = _meter.CreateCounter<long>("strata.registry.garbage.collected", "By", "Bytes that garbage collection removed.");
    }

    /// <summary>What is asked for when somebody wants to know, and not counted before.</summary>
    public void Observe(UploadSessions uploads, RegistryDatabase database, DiskReserve disk, StoredTotals totals)
    {
        _meter.CreateObservableGauge("strata.registry.uploads.open", () => uploads.Count, description: "Uploads that are begun and that this process holds open.");
        _meter.CreateObservableGauge("strata.registry.database.queue", () => database.QueueLength, description: "Writes that wait for the database.");
        _meter.CreateObservableGauge("strata.registry.blobs", () => totals.Blobs, description: "Blobs in the storage.");
        _meter.CreateObservableGauge("strata.registry.storage.size", () => totals.Bytes, "By", "Bytes of the blobs in the storage.");
        _meter.CreateObservableGauge("strata.registry.storage.free", () => disk.Free, "By", "Free bytes on the disk of the data.");
    }

    /// <summary>Status 499 is a client that did not wait for its answer.</summary>
    public void Requested(string route, string method, int status, double seconds, long received, long sent)
    {
        _requests.Record(seconds, new("http.route", route), new("http.request.method", method), new("http.response.status_code", Statuses[status]));
        if (received > 0) Interlocked.Add(ref _received, received);
        if (sent > 0) Interlocked.Add(ref _sent, sent);
        if (!ReferenceEquals(route, RequestRoute.Manifest)) return;
        if (status == 200 && method == "GET") Interlocked.Increment(ref _pulls);
        else if (status == 201) Interlocked.Increment(ref _pushes);
    }

    public void Committed(int writes, TimeSpan duration)
    {
        _commits.Record(duration.TotalSeconds);
        _committed.Add(writes);
    }

    public void Collected(long bytes)
    {
        _collections.Add(1);
        _collected.Add(bytes);
    }

    public void Dispose() => _meter.Dispose();
}
