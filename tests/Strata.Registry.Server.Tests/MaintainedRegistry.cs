using Microsoft.Extensions.DependencyInjection;
using Strata.Testing;

namespace Strata.Registry.Server.Tests;

/// <summary>A registry whose time a test can let pass, and what its administrator does to it.</summary>
public abstract class MaintainedRegistry : IAsyncLifetime
{
    private RegistryHost _host = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected Clock Clock { get; } = new();

    protected RegistryHost Host => _host;

    protected HttpClient Client => _host.Client;

    protected IRegistryMaintenance Maintenance => _host.Services.GetRequiredService<IRegistryMaintenance>();

    public async ValueTask InitializeAsync() => _host = await RegistryHost.StartAsync(s => s.AddSingleton<TimeProvider>(Clock));

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
