using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Strata.Dashboard;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Web;

/// <summary>The dashboard: the pages of one person over one store, on loopback.</summary>
internal static class DashboardRole
{
    public const string Usage =
        "strata-web dashboard --root DIR [--listen ADDRESS:PORT] [--hub HOST:PORT] [--samples HUB-DATA] [--strata PROGRAM]   (default 127.0.0.1:7878 and 127.0.0.1:5000)";

    public static async Task<int> RunAsync(string[] args)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["--listen"] = null, ["--root"] = null, ["--hub"] = null, ["--samples"] = null, ["--strata"] = null };
        if (RoleArguments.Read(args, values) is { } fault) return Complaint.Usage(fault, Usage);
        if (values["--root"] is not { } root) return Complaint.Usage("--root is missing", Usage);
        var hub = values["--hub"] ?? "127.0.0.1:5000";
        if (!ReferenceGrammar.IsRegistry(hub)) return Complaint.Usage($"'{hub}' is not HOST:PORT", Usage);
        var listen = values["--listen"] ?? "127.0.0.1:7878";
        if (!ListenAddress.TryParse(listen, out var endPoint)) return Complaint.Usage($"'{listen}' is not ADDRESS:PORT", Usage);
        if (!System.Net.IPAddress.IsLoopback(endPoint.Address))
        {
            return Complaint.Failure(
                $"{listen} can be reached from other machines, and the dashboard has no accounts: anybody there could pull and remove images",
                "Listen on 127.0.0.1, and reach it from elsewhere through ssh -L.");
        }
        var program = values["--strata"] ?? Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "strata"));
        if (values["--strata"] is not null && !File.Exists(program)) return Complaint.Failure($"{program} is missing", "Name the program strata, which is called when a container has ended.");
        try
        {
            var options = new DashboardOptions { Root = Path.GetFullPath(root), Hub = hub, SamplesFor = values["--samples"], Program = File.Exists(program) ? program : null };
            return await ServeAsync(endPoint, options).ConfigureAwait(false);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            return Complaint.Failure($"{listen} is in use by another program", "Stop it, or choose another address with --listen (port 0 takes any free one).");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Complaint.Failure(e.Message.TrimEnd('.'), "Check the address given with --listen and the folder given with --root.");
        }
    }

    private static async Task<int> ServeAsync(System.Net.IPEndPoint endPoint, DashboardOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddQuietConsole()
            // A form of an earlier run has a token that cannot be read; the reader is told, and it is no error of ours.
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => ConfigureKestrel(kestrel, endPoint));
        builder.Services.AddSingleton(RegistryConfiguration.Load().ToOptions());
        builder.Services.AddDashboard(options);
        var app = builder.Build();
        await using (app.ConfigureAwait(false))
        {
            app.MapDashboard();
            await app.StartAsync().ConfigureAwait(false);
            Console.Out.WriteLine($"Strata dashboard listens on {app.Urls.First()}");
            await Console.Out.FlushAsync().ConfigureAwait(false);
            await app.WaitForShutdownAsync().ConfigureAwait(false);
            return 0;
        }
    }

    private static void ConfigureKestrel(KestrelServerOptions kestrel, System.Net.IPEndPoint endPoint)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(endPoint, listen => listen.Protocols = HttpProtocols.Http1);
        // Forms are the only bodies, and they are small.
        kestrel.Limits.MaxRequestBodySize = 64 * 1024;
    }
}
