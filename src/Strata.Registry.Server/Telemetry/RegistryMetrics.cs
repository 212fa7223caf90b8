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
    private readonly Counter<long> _received;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _pulls;
    private readonly Counter<long> _pushes;
    private readonly Counter<long> _collections;
    private readonly Counter<long> _collected;

    public RegistryMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _requests = _meter.CreateHistogram(
            "http.server.request.duration", "s", "How long requests took, by route, method and status.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Durations });
        _received = _meter.CreateCounter<long>("strata.registry.received", "By", "Bytes of requests' bodies.");
        _sent = _meter.CreateCounter<long>("strata.registry.sent", "By", "Bytes of answers' bodies.");
        _pulls = _meter.CreateCounter<long>("strata.registry.pulls", description: "Manifests that were fetched.");
        _pushes = _meter.CreateCounter<long>("strata.registry.pushes", description: "Manifests that were taken.");
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
        if (received > 0) _received.Add(received);
        if (sent > 0) _sent.Add(sent);
        if (!ReferenceEquals(route, RequestRoute.Manifest)) return;
        if (status == 200 && method == "GET") _pulls.Add(1);
        else if (status == 201) _pushes.Add(1);
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
