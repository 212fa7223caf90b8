using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Strata.Registry.Server;

namespace Strata.Hub;

public static partial class HubExtensions
{
    /// <summary>
    /// The file with the password of the first administrator, <c>admin</c>; null on an open hub, and once that password has been changed.
    /// </summary>
    public static string? FirstAdministratorFile(this IServiceProvider services) =>
        services.GetService<FirstAdministrator>() is { HasFirstPassword: true } first ? first.File : null;

    private static void AddAccess(IServiceCollection services, HubOptions options)
    {
        services.AddSingleton(_ => PublisherSecret.LoadOrCreate(options.DataFolder));
        if (options.Auth.Mode == AuthMode.Open)
        {
            services.AddSingleton<IRegistryAuthorizer, OpenModeAuthorizer>();
            return;
        }
        services.AddSingleton(options.Auth);
        services.AddSingleton(_ =>
        {
            Directory.CreateDirectory(options.DataFolder);
            return new AccountDatabase(new SqliteProvider(Path.Combine(options.DataFolder, DatabaseFile), durable: true));
        });
        services.AddSingleton<AccountBook>();
        services.AddSingleton(s => new FirstAdministrator(s.GetRequiredService<AccountBook>(), options.DataFolder));
        services.AddSingleton<Callers>();
        services.AddSingleton<Permissions>();
        services.AddSingleton<FailureLimit>();
        services.AddSingleton<CredentialCheck>();
        services.AddSingleton<AccountGate>();
        services.AddSingleton<AccountEndpoints>();
        services.AddSingleton(s => new TokenSigner(TokenKey.LoadOrCreate(options.DataFolder), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RefreshTokens>();
        services.AddSingleton<TokenService>();
        services.AddSingleton<Challenges>();
        services.AddSingleton<TokenEndpoint>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<IRegistryAuthorizer, AccountsAuthorizer>();
    }

    private static void MapAccess(IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        if (services.GetService<AccountEndpoints>() is not { } accounts) return;
        services.GetRequiredService<FirstAdministrator>().Ensure();
        var token = services.GetRequiredService<TokenEndpoint>();
        endpoints.MapGet(Challenges.TokenPath, token.GetAsync);
        endpoints.MapPost(Challenges.TokenPath, token.PostAsync);
        accounts.Map(endpoints);
    }
}
