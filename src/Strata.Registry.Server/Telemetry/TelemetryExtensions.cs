using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Strata.Registry.Server;

/// <summary>Metrics, traces and the access log.</summary>
public static class TelemetryExtensions
{
    /// <summary>How the meters of all rooms begin that have any.</summary>
    public const string MeterPrefix = "Strata.";

    /// <summary>The name of what a collector of OpenTelemetry listens to.</summary>
    public const string TraceSource = RegistryTraces.SourceName;

    internal static void AddTelemetry(this IServiceCollection services, RegistryOptions options)
    {
        services.AddMetrics();
        services.AddSingleton<RegistryMetrics>();
        services.AddSingleton<RegistryTraces>();
        services.AddSingleton<StoredTotals>();
        services.AddSingleton(options.Metrics);
        if (options.Metrics.Enabled) services.AddSingleton<PrometheusCollector>().AddSingleton<MetricsEndpoint>();
        if (options.AccessLog.Format == AccessLogFormat.Off) return;
        services.AddSingleton(options.AccessLog);
        services.AddSingleton<AccessLogWriter>();
        services.AddHostedService(s => s.GetRequiredService<AccessLogWriter>());
    }

    /// <summary>Puts measuring, tracing and logging before everything; nothing where none of them is wanted.</summary>
    /// <param name="app">The application.</param>
    /// <param name="exports">True when metrics and traces are sent somewhere.</param>
    public static void UseRegistryTelemetry(this IApplicationBuilder app, bool exports)
    {
        var services = app.ApplicationServices;
        var options = services.GetRequiredService<RegistryOptions>();
        var measures = options.Metrics.Enabled || exports;
        if (!measures && options.AccessLog.Format == AccessLogFormat.Off) return;
        var metrics = services.GetRequiredService<RegistryMetrics>();
        if (measures)
        {
            metrics.Observe(
                services.GetRequiredService<UploadSessions>(), services.GetRequiredService<RegistryDatabase>(), services.GetRequiredService<DiskReserve>(),
                services.GetRequiredService<StoredTotals>());
        }
        var observer = new RequestObserver(
            metrics, services.GetRequiredService<RegistryTraces>(), services.GetService<AccessLogWriter>(), services.GetRequiredService<TimeProvider>());
        app.Use(next => context => observer.HandleAsync(context, next));
    }

    /// <summary>Maps /metrics, where it is wanted.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<MetricsEndpoint>() is not { } endpoint) return;
        endpoints.MapGet("/metrics", endpoint.HandleAsync);
    }

    /// <summary>On an address of its own there are metrics and health checks and nothing else, and nowhere else are there metrics.</summary>
    public static void UseMetricsAddress(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetRequiredService<MetricsOptions>().Listen is not { } own) return;
        app.Use(next => context =>
        {
            var path = context.Request.Path.Value;
            var belongs = path is "/metrics" ? context.Connection.LocalPort == own.Port : path is "/healthz" or "/readyz" || context.Connection.LocalPort != own.Port;
            if (belongs) return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }
}
