using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Strata.Registry.Server;

namespace Strata.Hub;

public static partial class HubExtensions
{
    /// <summary>
    /// What makes a registry a hub: descriptions, search, pull counts, official repositories. Comes with, and follows, the registry of
    /// <see cref="RegistryServerExtensions.AddRegistryServer"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The options have faults; the message names them all.</exception>
    public static IServiceCollection AddHub(this IServiceCollection services, HubOptions options)
    {
        var faults = options.Faults().ToArray();
        if (faults.Length > 0) throw new ArgumentException(string.Join("; ", faults), nameof(options));

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        AddAccess(services, options);
        services.AddSingleton<Catalogue>();
        services.AddSingleton(_ =>
        {
            Directory.CreateDirectory(options.DataFolder);
            return new HubDatabase(new SqliteProvider(Path.Combine(options.DataFolder, DatabaseFile), durable: false));
        });
        services.AddSingleton(s => new Projection(
            s.GetRequiredService<Catalogue>(), s.GetRequiredService<HubDatabase>(), s.GetRequiredService<IRegistryContent>(),
            options, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<Projection>>()));
        services.AddSingleton<IRegistryEvents>(s => s.GetRequiredService<Projection>());
        services.AddHostedService(s => s.GetRequiredService<Projection>());
        services.AddSingleton<IHealthPart, ProjectionPart>();
        foreach (var mirror in options.Mirrors)
            services.AddSingleton<IUpstreamRegistry>(s => new UpstreamRegistry(mirror, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RepositorySearch>();
        services.AddSingleton(s => new VisibleRepositories(s.GetRequiredService<Catalogue>(), s.GetRequiredService<Projection>(), s.GetRequiredService<RepositorySearch>()));
        services.AddSingleton(s => new Visitors(s.GetRequiredService<HubGate>(), s.GetService<Sessions>()));
        AddContents(services, options);
        AddScans(services, options);
        services.AddSingleton<SearchEndpoints>();
        services.AddSingleton<RepositoryEndpoints>();
        services.AddSingleton<HubGate>();
        services.AddSingleton<MaintenanceEndpoints>();
        services.AddSingleton<NamespaceEndpoints>();
        return services;
    }

    private static void AddContents(IServiceCollection services, HubOptions options)
    {
        services.AddSingleton(_ => new ContentFacts(options));
        services.AddSingleton(s => new ContentReader(
            s.GetRequiredService<IRegistryContent>(), s.GetRequiredService<ContentFacts>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<ContentReader>>()));
        services.AddHostedService(s => s.GetRequiredService<ContentReader>());
        services.AddSingleton<FactsSweep>();
        services.AddHostedService(s => s.GetRequiredService<FactsSweep>());
        services.AddSingleton(s => new BaseFinder(s.GetRequiredService<Catalogue>(), s.GetRequiredService<IRegistryContent>()));
    }

    private static void AddScans(IServiceCollection services, HubOptions options)
    {
        services.AddSingleton(options.Scans);
        services.AddSingleton<AdvisoryFile>();
        services.AddSingleton<ScanTargets>();
        services.AddSingleton(_ => new ScanDatabase(new SqliteProvider(Path.Combine(options.DataFolder, DatabaseFile), durable: false)));
        services.AddSingleton<ScanBoard>();
        services.AddSingleton<ScanMetrics>();
        services.AddSingleton<ImageMatcher>();
        services.AddSingleton<ImageScanner>();
        services.AddSingleton<ScanService>();
        services.AddHostedService(s => s.GetRequiredService<ScanService>());
        services.AddSingleton(s => new HubScans(options.Scans, s.GetRequiredService<ScanBoard>(), s.GetRequiredService<AdvisoryFile>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ScanEndpoints>();
    }

    /// <summary>Maps docker's search, the hub's API, and the health checks.</summary>
    public static void MapHub(this IEndpointRouteBuilder endpoints)
    {
        MapAccess(endpoints);
        var services = endpoints.ServiceProvider;
        var gate = services.GetRequiredService<HubGate>();
        var search = services.GetRequiredService<SearchEndpoints>();
        endpoints.MapGet("/v1/_ping", gate.Guard(PingAsync));
        endpoints.MapGet("/v1/search", gate.Guard(search.DockerAsync));
        endpoints.MapGet("/api/v1/search", gate.Guard(search.SearchAsync));
        endpoints.MapGet("/api/v1/repositories/{**name}", gate.Guard(services.GetRequiredService<RepositoryEndpoints>().GetAsync));
        endpoints.MapGet("/api/v1/vulnerabilities/{**name}", gate.Require(RegistryAction.Pull, services.GetRequiredService<ScanEndpoints>().GetAsync));
        services.GetRequiredService<ScanMetrics>().Observe(services.GetRequiredService<ScanBoard>());
        MapMaintenance(endpoints, gate, services.GetRequiredService<MaintenanceEndpoints>());
        services.GetRequiredService<NamespaceEndpoints>().Map(endpoints);
        endpoints.MapHealth();
    }

    private static void MapMaintenance(IEndpointRouteBuilder endpoints, HubGate gate, MaintenanceEndpoints maintenance)
    {
        endpoints.MapPost("/api/v1/maintenance/garbage", gate.Require(RegistryAction.Administer, maintenance.CollectAsync));
        endpoints.MapPost("/api/v1/maintenance/check", gate.Require(RegistryAction.Administer, maintenance.CheckAsync));
        endpoints.MapGet("/api/v1/history/{**name}", gate.Require(RegistryAction.Pull, maintenance.HistoryAsync));
        endpoints.MapPost("/api/v1/restore/{**name}", gate.Require(RegistryAction.Push, maintenance.RestoreAsync));
    }

    private const string DatabaseFile = "hub.db";

    /// <summary>Tells the docker engine that this index needs no other one beside it.</summary>
    private static Task PingAsync(HttpContext context)
    {
        context.Response.Headers["X-Docker-Registry-Version"] = "0.6.0";
        context.Response.Headers["X-Docker-Registry-Standalone"] = "true";
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("{\"standalone\":true}", context.RequestAborted);
    }
}
