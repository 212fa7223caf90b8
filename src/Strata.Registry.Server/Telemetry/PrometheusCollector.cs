using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Strata.Registry.Server;

/// <summary>Listens to the instruments of a few meters and adds up what they measure, until somebody comes to read it.</summary>
internal sealed class PrometheusCollector : IDisposable
{
    private static readonly string[] Meters = ["System.Runtime", "Microsoft.AspNetCore.Server.Kestrel"];

    private readonly ConcurrentDictionary<Instrument, PrometheusSeries> _series = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _reading = new();

    /// <param name="meters">Who made the meters of this server: another server in the process has its own.</param>
    public PrometheusCollector(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            var meter = instrument.Meter;
            var isWanted = meter.Name.StartsWith(TelemetryExtensions.MeterPrefix, StringComparison.Ordinal) || Array.IndexOf(Meters, meter.Name) >= 0;
            if (!isWanted || (meter.Scope is not null && !ReferenceEquals(meter.Scope, meters))) return;
            listener.EnableMeasurementEvents(instrument, _series.GetOrAdd(instrument, static i => new PrometheusSeries(i)));
        };
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((PrometheusSeries)state!).Add(value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((PrometheusSeries)state!).Add(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => ((PrometheusSeries)state!).Add(value, tags));
        _listener.Start();
    }

    /// <summary>The text format of Prometheus, version 0.0.4.</summary>
    public string Read()
    {
        lock (_reading)
        {
            foreach (var series in _series.Values) series.BeginReading();
            _listener.RecordObservableInstruments();
            var text = new PrometheusText();
            foreach (var series in _series.Values.OrderBy(s => s.Name, StringComparer.Ordinal)) series.WriteTo(text);
            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();
}
