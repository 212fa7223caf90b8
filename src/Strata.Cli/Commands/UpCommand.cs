using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Build.Samples;
using Strata.Cli.Commands.Containers;
using Strata.Cli.Product;
using Strata.Content;
using Strata.Images;
using Strata.Registry.Client;

namespace Strata.Cli.Commands;

internal static class UpCommand
{
    public static Command Create()
    {
        var hubPort = Port("--hub-port", "The hub's port on 127.0.0.1", 5000);
        var dashboardPort = Port("--dashboard-port", "The dashboard's port on 127.0.0.1", 7878);
        var samples = new Option<bool>("--samples") { Description = "Publish the sample images to the hub", DefaultValueFactory = _ => true };
        return new Command("up", "Start the whole product with embedded defaults: hub, dashboard, engine, sample images") { hubPort, dashboardPort, samples }
            .Does(async (parsed, session, cancellationToken) =>
            {
                _ = session.Store;
                var services = new Services(session.Root);
                var hub = await EnsureHubAsync(services, session, parsed.GetValue(hubPort), cancellationToken).ConfigureAwait(false);
                var dashboard = await EnsureDashboardAsync(services, session, hub, parsed.GetValue(dashboardPort), parsed.GetValue(samples), cancellationToken).ConfigureAwait(false);
                // Containers are root's; the rest of the product is anybody's.
                if (Environment.IsPrivilegedProcess) await EngineCommand.EnsureAsync(services, session, cancellationToken).ConfigureAwait(false);
                if (parsed.GetValue(samples)) await PublishWelcomeAsync(session, services, hub.Address, cancellationToken).ConfigureAwait(false);
                session.Output.Object(new JsonObject { ["hub"] = $"http://{hub.Address}", ["dashboard"] = $"http://{dashboard.Address}", ["root"] = session.Root },
                    asText: () => Write(hub, dashboard, parsed.GetValue(samples)));
                return ExitCode.Done;
            });
    }

    private static Option<int> Port(string name, string description, int standard)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard, HelpName = "PORT" };
        option.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() is < 1 or > 65535) r.AddError($"{name} takes a number from 1 to 65535");
        });
        return option;
    }

    private static async Task<ServiceState> EnsureHubAsync(Services services, Session session, int port, CancellationToken cancellationToken)
    {
        var address = Loopback(port);
        if (services.Hub.Running() is { } running) return RunsAt(running, address, services.Hub);
        Say(session, $"Starting the hub on {address}");
        return await services.Hub.StartAsync(Services.WebProgram(), ["hub", "--listen", address, "--data", services.HubData], address, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ServiceState> EnsureDashboardAsync(
        Services services, Session session, ServiceState hub, int port, bool samples, CancellationToken cancellationToken)
    {
        var address = Loopback(port);
        if (services.Dashboard.Running() is { } running) return RunsAt(running, address, services.Dashboard);
        Say(session, $"Starting the dashboard on {address}");
        List<string> arguments = ["dashboard", "--listen", address, "--root", session.Root, "--hub", hub.Address, "--strata", Environment.ProcessPath!];
        if (samples) arguments.AddRange(["--samples", services.HubData]);
        return await services.Dashboard.StartAsync(Services.WebProgram(), arguments, address, cancellationToken).ConfigureAwait(false);
    }

    private static ServiceState RunsAt(ServiceState running, string wanted, Service service) => running.Address == wanted ? running
        : throw new CommandException($"the {service.Name} of this root runs already, on {running.Address}", "stop it first with `strata down`, or name another folder with --root");

    private static async Task PublishWelcomeAsync(Session session, Services services, string hub, CancellationToken cancellationToken)
    {
        using var registries = new RegistryClient(session.RegistryOptions with { Credentials = new HubPublisher(services.HubData, hub) });
        var store = ContentStore.Open(SampleImages.FolderIn(session.Root));
        var samples = new SampleImages(store, new LocalImages(store, registries, [], session.Clock), registries, session.Clock);
        if (await samples.IsPublishedAsync(SampleImage.Welcome, hub, cancellationToken).ConfigureAwait(false)) return;
        Say(session, "Publishing the welcome image");
        await samples.PublishAsync(SampleImage.Welcome, hub, progress: null, cancellationToken).ConfigureAwait(false);
    }

    private static string Loopback(int port) => "127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture);

    private static void Say(Session session, string line)
    {
        if (!session.Output.IsQuiet) Console.Error.WriteLine(line);
    }

    private static void Write(ServiceState hub, ServiceState dashboard, bool samples)
    {
        Console.Out.WriteLine($"""

            Strata is up.
              Dashboard   http://{dashboard.Address}    search, pull, look inside
              Hub         http://{hub.Address}    push and pull: {hub.Address}/NAME:TAG

            Next
              open http://{dashboard.Address}/search?q=welcome, or
              strata pull {hub.Address}/strata/welcome
              strata down stops all of it; images and containers stay
            """);
        if (samples) Console.Out.WriteLine("\nThe Debian samples (debian:12, python:3.11, webapp:1, memcached:1.6, redis:7, postgres:15) follow in the background: see Tasks in the dashboard.");
    }
}
