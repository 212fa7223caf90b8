using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Strata.Registry.Server;

/// <summary>What one instrument has measured, for each set of its labels.</summary>
internal sealed class PrometheusSeries
{
    private static readonly double[] UsualBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<LabelSet, Cell> _cells = new();
    private readonly Instrument _instrument;
    private readonly double[]? _bounds;

    public PrometheusSeries(Instrument instrument)
    {
        _instrument = instrument;
        Name = PrometheusText.NameOf(instrument);
        var type = instrument.GetType();
        var kind = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        Type = kind == typeof(Histogram<>) ? "histogram" : kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>) ? "counter" : "gauge";
        if (instrument is Histogram<double> histogram) _bounds = [.. histogram.Advice?.HistogramBucketBoundaries ?? UsualBounds];
        else if (Type == "histogram") _bounds = UsualBounds;
    }

    public string Name { get; }

    public string Type { get; }

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var bounds = _bounds;
        var cell = _cells.GetOrAdd(new LabelSet(tags), static (_, b) => new Cell(b), bounds);
        // What is observed is a total, and several of one set of labels in one observation are parts of it.
        lock (cell)
        {
            cell.Sum += value;
            if (cell.Buckets is null) return;
            cell.Count++;
            var at = 0;
            while (at < bounds!.Length && value > bounds[at]) at++;
            if (at < bounds.Length) cell.Buckets[at]++;
        }
    }

    /// <summary>What is observed anew at each reading begins at nothing.</summary>
    public void BeginReading()
    {
        if (_instrument.IsObservable) _cells.Clear();
    }

    public void WriteTo(PrometheusText text)
    {
        if (_cells.IsEmpty) return;
        text.Begin(Name, Type, _instrument.Description);
        foreach (var (labels, cell) in _cells)
        {
            lock (cell)
            {
                if (cell.Buckets is null) text.Value(Name, labels, cell.Sum);
                else text.Histogram(Name, labels, _bounds!, cell.Buckets, cell.Count, cell.Sum);
            }
        }
    }

    private sealed class Cell(double[]? bounds)
    {
        public long[]? Buckets { get; } = bounds is null ? null : new long[bounds.Length];

        public long Count { get; set; }

        public double Sum { get; set; }
    }
}
