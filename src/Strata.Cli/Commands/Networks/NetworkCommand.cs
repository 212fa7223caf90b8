using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Commands.Containers;
using Strata.Cli.Rendering;
using Strata.Containers.Networks;

namespace Strata.Cli.Commands.Networks;

/// <summary>Networks that containers find each other on.</summary>
internal static class NetworkCommand
{
    public static Command New() => new("network", "Networks that containers find each other on") { Create(), List(), Inspect(), Remove(), Prune(), NetworkMembers.Connect(), NetworkMembers.Disconnect() };

    private static Command Create()
    {
        var name = new Argument<string>("NETWORK") { Description = "Its name" };
        var driver = new Option<string>("--driver", "-d") { Description = "bridge", DefaultValueFactory = _ => "bridge" };
        var subnets = new Option<string[]>("--subnet") { Description = "Its addresses, such as 10.1.2.0/24; chosen without it", HelpName = "SUBNET" };
        var gateways = new Option<string[]>("--gateway") { Description = "The host's own address on it", HelpName = "ADDRESS" };
        var ranges = new Option<string[]>("--ip-range") { Description = "The part of the subnet that containers get", HelpName = "RANGE" };
        var isInternal = new Option<bool>("--internal") { Description = "Nothing leads out of it" };
        var ipv6 = new Option<bool>("--ipv6") { Description = "With addresses of IPv6, too" };
        var labels = new Option<string[]>("--label") { Description = "NAME=VALUE", HelpName = "NAME=VALUE" };
        var options = new Option<string[]>("--opt", "-o") { Description = "com.docker.network.bridge.name=, com.docker.network.driver.mtu=", HelpName = "NAME=VALUE" };
        var attachable = new Option<bool>("--attachable") { Description = "Has no meaning on one machine", Hidden = true };
        return new Command("create", "Make a network") { name, driver, subnets, gateways, ranges, isInternal, ipv6, labels, options, attachable }.Does((parsed, session) =>
        {
            var network = session.Containers.Networks.Create(new global::Strata.Containers.Networks.NetworkOptions
            {
                Name = parsed.GetRequiredValue(name),
                Driver = parsed.GetValue(driver)!,
                Subnets = parsed.GetValue(subnets) ?? [],
                Gateways = parsed.GetValue(gateways) ?? [],
                Ranges = parsed.GetValue(ranges) ?? [],
                Internal = parsed.GetValue(isInternal),
                Ipv6 = parsed.GetValue(ipv6),
                Labels = ContainerArguments.ToMap(parsed.GetValue(labels) ?? [], "--label"),
                Options = ContainerArguments.ToMap(parsed.GetValue(options) ?? [], "--opt"),
            });
            Console.Out.WriteLine(network.Id);
            return ExitCode.Done;
        });
    }

    private static Command List()
    {
        var filters = new Option<string[]>("--filter", "-f") { Description = "dangling=, driver=, id=, label=, name=, scope=, type=", HelpName = "FILTER" };
        var whole = new Option<bool>("--no-trunc") { Description = "Show IDs whole" };
        var command = new Command("ls", "List networks") { filters, whole }.Does((parsed, session) =>
        {
            var filter = new KeyFilters(parsed.GetValue(filters) ?? [], "dangling", "driver", "id", "label", "name", "scope", "type");
            var networks = session.Containers.Networks;
            var shown = networks.List().Where(n => filter.Labels(n.Labels) && filter.Any("driver", d => n.Driver == d) && filter.Any("scope", s => s == "local")
                && filter.Any("id", i => n.Id.StartsWith(i, StringComparison.Ordinal)) && filter.Any("name", s => n.Name.Contains(s, StringComparison.Ordinal))
                && filter.Any("type", t => n.IsPredefined == (t == "builtin")) && filter.Any("dangling", d => KeyFilters.IsTrue(d) == (!n.IsPredefined && networks.Members(n).Count == 0)));
            string Id(NetworkDefinition n) => parsed.GetValue(whole) ? n.Id : n.Id[..12];
            session.Output.List([.. shown], n => ToRow(n, Id(n)), all => ToTable(all, Id), Id);
            return ExitCode.Done;
        });
        command.Aliases.Add("list");
        return command;
    }

    private static Command Inspect()
    {
        var names = NetworkMembers.Several();
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Has no meaning on one machine", Hidden = true };
        return new Command("inspect", "Show all that is known of networks") { names, verbose }.Does((parsed, session) =>
        {
            var networks = session.Containers.Networks;
            Documents.Write(session, parsed.GetRequiredValue(names), name => NetworkDocument.Of(networks.Find(name), networks.Members(networks.Find(name))), out var code);
            return code;
        });
    }

    private static Command Remove()
    {
        var names = NetworkMembers.Several();
        var force = new Option<bool>("--force", "-f") { Description = "One that is not there is as good" };
        var command = new Command("rm", "Remove networks that no container is in") { names, force }.Does((parsed, session, _) => EachContainer.DoAsync(parsed.GetRequiredValue(names), name =>
        {
            var networks = session.Containers.Networks;
            if (!parsed.GetValue(force) || networks.List().Any(n => n.Name == name || n.Id.StartsWith(name, StringComparison.Ordinal))) networks.Remove(name);
            return Task.FromResult<string?>(name);
        }));
        command.Aliases.Add("remove");
        return command;
    }

    private static Command Prune()
    {
        var force = new Option<bool>("--force", "-f") { Description = "Do not ask" };
        var filters = new Option<string[]>("--filter") { Description = "label=, label!=, until=", HelpName = "FILTER" };
        return new Command("prune", "Remove networks that no container wants, and what killed processes left") { force, filters }.Does(async (parsed, session, cancellationToken) =>
        {
            var filter = new KeyFilters(parsed.GetValue(filters) ?? [], "label", "label!");
            if (!parsed.GetValue(force) && !Confirmation.Ask("WARNING! This will remove all custom networks not used by at least one container.")) return ExitCode.Failed;
            var removed = await session.Containers.PruneNetworksAsync(n => filter.Labels(n.Labels), cancellationToken).ConfigureAwait(false);
            if (removed.Count > 0) await Console.Out.WriteLineAsync($"Deleted Networks:\n{string.Join('\n', removed.Select(n => n.Name))}\n").ConfigureAwait(false);
            return ExitCode.Done;
        });
    }

    private static JsonObject ToRow(NetworkDefinition network, string id) => new()
    {
        ["CreatedAt"] = network.Created.ToString("yyyy-MM-dd HH:mm:ss.fffffff zz00 'UTC'", CultureInfo.InvariantCulture),
        ["Driver"] = network.Driver,
        ["ID"] = id,
        ["IPv4"] = "true",
        ["IPv6"] = network.HasIpv6 ? "true" : "false",
        ["Internal"] = network.Internal ? "true" : "false",
        ["Labels"] = string.Join(',', network.Labels.Select(l => $"{l.Key}={l.Value}")),
        ["Name"] = network.Name,
        ["Scope"] = "local",
    };

    private static TextTable ToTable(IReadOnlyCollection<NetworkDefinition> networks, Func<NetworkDefinition, string> id)
    {
        var table = new TextTable("NETWORK ID", "NAME", "DRIVER", "SCOPE");
        foreach (var network in networks) table.Add(id(network), network.Name, network.Driver, "local");
        return table;
    }
}
