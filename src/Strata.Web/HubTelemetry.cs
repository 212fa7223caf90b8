using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Strata.Registry.Server;

namespace Strata.Web;

/// <summary>Sends metrics and traces by OTLP, where somebody is named to receive them. Nothing of OpenTelemetry is loaded where nobody is.</summary>
internal static class HubTelemetry
{
    private static readonly string[] Variables =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

    public static bool IsWanted(MetricsOptions options) =>
        options.Otlp is not null || Array.Exists(Variables, v => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(v)));

    public static void Add(WebApplicationBuilder builder, MetricsOptions options)
    {
        // OpenTelemetry's own variables say all the rest: protocol, headers, intervals, the service's name.
        if (options.Otlp is { } endpoint) builder.Configuration[Variables[0]] = endpoint.OriginalString;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("strata-hub").AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics.AddMeter(TelemetryExtensions.MeterPrefix + "*", "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel").AddOtlpExporter())
            .WithTracing(traces => traces.AddSource(TelemetryExtensions.TraceSource).AddOtlpExporter());
    }
}
