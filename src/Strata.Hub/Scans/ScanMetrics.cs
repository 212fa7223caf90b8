using System.Diagnostics.Metrics;

namespace Strata.Hub;

/// <summary>The instruments of scans. One that nobody listens to costs a comparison.</summary>
internal sealed class ScanMetrics : IDisposable
{
    private const string MeterName = "Strata.Hub";

    private readonly Meter _meter;
    private readonly Counter<long> _read;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _matched;
    private readonly Histogram<double> _duration;

    public ScanMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _read = _meter.CreateCounter<long>("strata.hub.scans.done", description: "Images whose layers were read.");
        _failed = _meter.CreateCounter<long>("strata.hub.scans.failed", description: "Images that could not be read.");
        _matched = _meter.CreateCounter<long>("strata.hub.scans.matched", description: "Images that were compared again because the advisories had changed.");
        _duration = _meter.CreateHistogram<double>(
            "strata.hub.scans.match.duration", "s", "How long it took to compare all images again.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 1800] });
    }

    /// <summary>What is asked for when somebody wants to know.</summary>
    public void Observe(ScanBoard board) =>
        _meter.CreateObservableGauge("strata.hub.scans.queue", () => board.Waiting, description: "Images that are still to be read.");

    public void Read() => _read.Add(1);

    public void Failed() => _failed.Add(1);

    public void Matched(int images) => _matched.Add(images);

    public void MatchedAll(TimeSpan duration) => _duration.Record(duration.TotalSeconds);

    public void Dispose() => _meter.Dispose();
}
