using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Strata.Registry.Server;

public static class RegistryServerExtensions
{
    /// <summary>
    /// The OCI registry: database and blobs under <see cref="RegistryOptions.DataFolder"/>. Register <see cref="IRegistryEvents"/> to hear of
    /// changes and <see cref="IRegistryAuthorizer"/> to decide on access; without the latter, everything is allowed.
    /// </summary>
    /// <exception cref="ArgumentException">The options have faults; the message names them all.</exception>
    public static IServiceCollection AddRegistryServer(this IServiceCollection services, RegistryOptions options)
    {
        var faults = options.Faults().ToArray();
        if (faults.Length > 0) throw new ArgumentException(string.Join("; ", faults), nameof(options));

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<IDatabaseProvider>(_ =>
        {
            Directory.CreateDirectory(options.DataFolder);
            return new SqliteProvider(Path.Combine(options.DataFolder, "registry.db"), durable: true);
        });
        services.AddSingleton<RegistryDatabase>();
        services.AddSingleton<IBlobStorage>(_ => new FileBlobStorage(options.DataFolder));
        services.AddSingleton(_ => new ManifestCache(options.ManifestCacheBytes));
        services.AddTelemetry(options);
        services.AddSingleton(options.Limits);
        services.AddSingleton(_ => new DiskReserve(options.DataFolder, options.Limits.DiskReserve));
        services.AddSingleton(s => new PullLimiter(options.Limits.Pulls, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(options.Quota);
        services.AddSingleton<Quotas>();
        services.AddSingleton<INamespaceQuotas>(s => s.GetRequiredService<Quotas>());
        services.AddSingleton<UploadAdmission>();
        services.AddSingleton(s => new Drain(options.Drain, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IHealthPart, DatabasePart>();
        services.AddSingleton<IHealthPart, StoragePart>();
        services.AddSingleton<IHealthPart, DiskPart>();
        services.AddSingleton<IHealthPart, DrainPart>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<HealthEndpoints>();
        services.AddSingleton<UploadSessions>();
        services.AddSingleton<EventFan>();
        services.TryAddSingleton<IRegistryAuthorizer, OpenAuthorizer>();
        services.AddSingleton<Gate>();
        services.AddSingleton<ManifestEndpoints>();
        services.AddSingleton<BlobEndpoints>();
        services.AddSingleton<UploadEndpoints>();
        services.AddSingleton<ListEndpoints>();
        services.AddSingleton<ReferrerEndpoints>();
        services.AddSingleton<RegistryDispatcher>();
        services.AddSingleton<IRegistryContent, RegistryContent>();
        services.AddSingleton(options.Garbage);
        services.AddSingleton<GarbageCollector>();
        services.AddSingleton<OrphanSweep>();
        services.AddSingleton(options.Scrub);
        services.AddSingleton<Scrubber>();
        services.AddSingleton<IRegistryMaintenance, RegistryMaintenance>();
        services.AddSingleton<Mirrors>();
        services.AddSingleton<ManifestMirror>();
        services.AddSingleton<BlobMirror>();
        services.AddSingleton<TagMirror>();
        services.AddSingleton<ReferrerMirror>();
        services.AddSingleton<MirrorSweep>();
        services.AddHostedService(s => s.GetRequiredService<MirrorSweep>());
        services.AddHostedService<UploadSweeper>();
        services.AddHostedService<GarbageService>();
        services.AddHostedService<ScrubService>();
        return services;
    }

    /// <summary>Puts the limits before everything that is mapped after it; nothing where none is set.</summary>
    public static void UseRegistryLimits(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetRequiredService<LimitOptions>() is not { RequestsPerSecond: { } perSecond } limits) return;
        var limiter = new RequestLimiter(perSecond, limits.RequestBurst ?? perSecond, app.ApplicationServices.GetRequiredService<TimeProvider>());
        app.Use(next => context => limiter.HandleAsync(context, next));
    }

    /// <summary>Maps /healthz and /readyz, for whoever watches over the process.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", HealthEndpoints.AliveAsync);
        endpoints.MapGet("/readyz", endpoints.ServiceProvider.GetRequiredService<HealthEndpoints>().ReadyAsync);
    }

    /// <summary>Maps everything under /v2/. Opens the database, so a folder that cannot be used is an error here and not at the first request.</summary>
    public static IEndpointConventionBuilder MapRegistry(this IEndpointRouteBuilder endpoints) =>
        endpoints.Map("/v2/{**path}", endpoints.ServiceProvider.GetRequiredService<RegistryDispatcher>().HandleAsync);
}
