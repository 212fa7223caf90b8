using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Strata.Hub;
using Strata.Hub.Pages;
using Strata.Registry.Server;

namespace Strata.Web;

/// <summary>The hub: a registry, its search, its API and its website, on one address.</summary>
internal static class HubRole
{
    public static async Task<int> RunAsync(string[] args)
    {
        var shows = args is ["config", ..];
        if (HubArguments.TryRead(shows ? args.AsSpan(1) : args, out var file) is > 0 and var exit) return exit;
        try
        {
            var settings = file.Read(new HubSettings(), out var effective);
            if (!shows) return await RunAsync(settings).ConfigureAwait(false);
            Console.Out.WriteLine(effective);
            return 0;
        }
        catch (SettingsException e)
        {
            return Complaint.Settings(e);
        }
    }

    private static async Task<int> RunAsync(HubSettings settings)
    {
        if (settings.Data is not { } data) return Complaint.Failure("the hub has no data folder", "Name one with --data, or as \"data\" in the configuration.");
        var listen = settings.Listen.ToString();
        if (!IPAddress.IsLoopback(settings.Listen.Address) && settings.Hub.Auth.Mode == AuthMode.Open)
        {
            return Complaint.Failure(
                $"{listen} can be reached from other machines, and this hub has no accounts: anybody there could push",
                "Listen on 127.0.0.1, or give it accounts: a configuration with {\"auth\": {\"mode\": \"accounts\"}}, named with --config.");
        }
        try
        {
            using var folder = DataFolder.Claim(data);
            return await ServeAsync(settings).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or SocketException or CertificateException)
        {
            return Explain(e, listen);
        }
    }

    private static async Task<int> ServeAsync(HubSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddQuietConsole();
        builder.WebHost.ConfigureKestrel(kestrel => HubKestrel.Configure(kestrel, settings));
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, LargeBlockPoolFactory>();
        builder.Services.AddRegistryServer(settings.Registry);
        builder.Services.AddHub(settings.Hub);
        builder.Services.AddHubPages();
        AddCertificate(builder.Services, settings.Tls);
        var exports = HubTelemetry.IsWanted(settings.Registry.Metrics);
        if (exports) HubTelemetry.Add(builder, settings.Registry.Metrics);
        builder.Services.AddSingleton<IHostLifetime, DrainingLifetime>();
        var app = builder.Build();
        await using (app.ConfigureAwait(false))
        {
            app.UseTrustedProxies(settings.Http);
            app.UseHubHeaders(settings.Tls);
            app.UseRegistryTelemetry(exports);
            app.UseMetricsAddress();
            app.UseRegistryLimits();
            app.UseHubPages();
            app.MapRegistry();
            app.MapMetrics();
            app.MapHub();
            app.MapHubPages();
            await StartAsync(app).ConfigureAwait(false);
            Console.Out.WriteLine($"Strata hub listens on {app.Urls.First()}");
            if (app.Services.FirstAdministratorFile() is { } file) Console.Out.WriteLine($"Administrator: admin, with the password in {file}; strata hub user password admin gives another");
            await Console.Out.FlushAsync().ConfigureAwait(false);
            await app.WaitForShutdownAsync().ConfigureAwait(false);
            return 0;
        }
    }

    private static void AddCertificate(IServiceCollection services, TlsOptions tls)
    {
        if (tls.Certificate is not { } file) return;
        services.AddSingleton(_ => new CertificateFiles(file, tls.Key, tls.Password));
        services.AddSingleton<CertificateWatch>();
        services.AddHostedService(s => s.GetRequiredService<CertificateWatch>());
    }

    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync().ConfigureAwait(false);
        }
        catch
        {
            // What did start has work to finish before its parts are taken away.
            await app.StopAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static int Explain(Exception e, string listen) => e switch
    {
        DataFolderException => Complaint.Failure(e.Message, "Name another folder with --data, or stop what uses this one."),
        CertificateException => Complaint.Failure(
            e.Message, "Name a certificate that has its key, in PEM or PFX, as tls.certificate, with tls.key and tls.password where it needs them."),
        { InnerException: AddressInUseException } => Complaint.Failure(
            $"{listen} is in use by another program", "Stop it, or choose another address with --listen (port 0 takes any free one)."),
        SocketException => Complaint.Failure(
            $"{listen} is no address that this machine can listen on: {e.Message.TrimEnd('.')}", "Choose one of this machine's with --listen; 0.0.0.0 stands for all of them."),
        _ => Complaint.Failure(e.Message.TrimEnd('.'), "Check the folder given with --data and the address given with --listen."),
    };
}
