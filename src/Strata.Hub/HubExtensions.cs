using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Strata.Registry.Server;

namespace Strata.Hub;

public static class HubExtensions
{
    public static IServiceCollection AddHub(this IServiceCollection services, HubOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(_ => PublisherSecret.LoadOrCreate(options.DataFolder));
        services.AddSingleton<IRegistryAuthorizer, OpenModeAuthorizer>();
        return services;
    }

    public static void MapHub(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", () => "ok");
    }
}
