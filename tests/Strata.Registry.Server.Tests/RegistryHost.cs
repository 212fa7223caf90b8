using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strata.Oci;

namespace Strata.Registry.Server.Tests;

/// <summary>A registry on a free port of this machine, with its data in a folder that goes with it.</summary>
public sealed class RegistryHost : IAsyncDisposable
{
    private readonly bool _ownsFolder;
    private WebApplication _app = null!;

    private RegistryHost(string folder, bool ownsFolder) => (Folder, _ownsFolder) = (folder, ownsFolder);

    public string Folder { get; }

    public HttpClient Client { get; private set; } = null!;

    public Uri Address => Client.BaseAddress!;

    public IServiceProvider Services => _app.Services;

    public static Task<RegistryHost> StartAsync(Action<IServiceCollection>? services = null, Func<RegistryOptions, RegistryOptions>? options = null) =>
        StartAsync(Directory.CreateTempSubdirectory("strata-registry-").FullName, ownsFolder: true, services, options);

    public static async Task<RegistryHost> StartAsync(
        string folder, bool ownsFolder, Action<IServiceCollection>? services = null, Func<RegistryOptions, RegistryOptions>? options = null)
    {
        var host = new RegistryHost(folder, ownsFolder);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        services?.Invoke(builder.Services);
        builder.Services.AddRegistryServer((options ?? (o => o))(new RegistryOptions { DataFolder = folder }));
        host._app = builder.Build();
        host._app.UseRegistryTelemetry(exports: false);
        host._app.UseRegistryLimits();
        host._app.MapRegistry();
        host._app.MapMetrics();
        host._app.MapHealth();
        await host._app.StartAsync();
        host.Client = new HttpClient { BaseAddress = new Uri(host._app.Urls.First()), Timeout = TimeSpan.FromMinutes(1) };
        return host;
    }

    /// <summary>The one file with a blob's bytes.</summary>
    public string FileOf(Digest digest) => FilesOf(digest).Single();

    public string[] FilesOf(Digest digest)
    {
        var folder = Path.Combine(Folder, "blobs", digest.Algorithm.Prefix(), digest.Hex[..2]);
        return Directory.Exists(folder) ? Directory.GetFiles(folder, digest.Hex + "*") : [];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsFolder) Directory.Delete(Folder, recursive: true);
    }
}
