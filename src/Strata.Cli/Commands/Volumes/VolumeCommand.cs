using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Commands.Containers;
using Strata.Cli.Rendering;
using Strata.Containers.Volumes;

namespace Strata.Cli.Commands.Volumes;

/// <summary>Folders that outlive containers.</summary>
internal static class VolumeCommand
{
    public static Command New() => new("volume", "Volumes: folders that outlive containers") { Create(), List(), Inspect(), Remove(), Prune() };

    private static Command Create()
    {
        var name = new Argument<string?>("VOLUME") { Description = "Its name; made up without it", Arity = ArgumentArity.ZeroOrOne };
        var driver = new Option<string>("--driver", "-d") { Description = "local", DefaultValueFactory = _ => "local" };
        var labels = new Option<string[]>("--label") { Description = "NAME=VALUE", HelpName = "NAME=VALUE" };
        var options = new Option<string[]>("--opt", "-o") { Description = "type=none, o=bind, device=/PATH: a folder of the host", HelpName = "NAME=VALUE" };
        return new Command("create", "Make a volume") { name, driver, labels, options }.Does((parsed, session) =>
        {
            var volume = session.Containers.Volumes.Create(new VolumeOptions
            {
                Name = parsed.GetValue(name),
                Driver = parsed.GetValue(driver)!,
                Labels = ContainerArguments.ToMap(parsed.GetValue(labels) ?? [], "--label"),
                Options = ContainerArguments.ToMap(parsed.GetValue(options) ?? [], "--opt"),
            });
            Console.Out.WriteLine(volume.Name);
            return ExitCode.Done;
        });
    }

    private static Command List()
    {
        var filters = new Option<string[]>("--filter", "-f") { Description = "dangling=, driver=, label=, name=", HelpName = "FILTER" };
        var command = new Command("ls", "List volumes") { filters }.Does((parsed, session) =>
        {
            var filter = new KeyFilters(parsed.GetValue(filters) ?? [], "dangling", "driver", "label", "name");
            var containers = session.Containers;
            var shown = containers.Volumes.List().Where(v => filter.Labels(v.Labels) && filter.Any("driver", d => d == "local") && filter.Any("name", n => v.Name.Contains(n, StringComparison.Ordinal))
                && filter.Any("dangling", d => KeyFilters.IsTrue(d) == (containers.UsersOf(v.Name).Count == 0)));
            session.Output.List([.. shown], v => ToRow(v, containers.Volumes), ToTable, v => v.Name);
            return ExitCode.Done;
        });
        command.Aliases.Add("list");
        return command;
    }

    private static Command Inspect()
    {
        var names = new Argument<string[]>("VOLUME") { Description = "Volumes by name", Arity = ArgumentArity.OneOrMore };
        return new Command("inspect", "Show all that is known of volumes") { names }.Does((parsed, session) =>
        {
            var volumes = session.Containers.Volumes;
            Documents.Write(session, parsed.GetRequiredValue(names), name => VolumeDocument.Of(volumes.Find(name), volumes.PathOf(volumes.Find(name))), out var code);
            return code;
        });
    }

    private static Command Remove()
    {
        var names = new Argument<string[]>("VOLUME") { Description = "Volumes by name", Arity = ArgumentArity.OneOrMore };
        var force = new Option<bool>("--force", "-f") { Description = "One that is not there is as good" };
        var command = new Command("rm", "Remove volumes that no container has") { names, force }.Does((parsed, session, _) => EachContainer.DoAsync(parsed.GetRequiredValue(names), name =>
        {
            var containers = session.Containers;
            if (!parsed.GetValue(force) || containers.Volumes.TryFind(name) is not null) containers.Volumes.Remove(name, containers.UsersOf);
            return Task.FromResult<string?>(name);
        }));
        command.Aliases.Add("remove");
        return command;
    }

    private static Command Prune()
    {
        var all = new Option<bool>("--all", "-a") { Description = "Those with a name, too" };
        var force = new Option<bool>("--force", "-f") { Description = "Do not ask" };
        var filters = new Option<string[]>("--filter") { Description = "label=, label!=", HelpName = "FILTER" };
        return new Command("prune", "Remove volumes that no container has") { all, force, filters }.Does((parsed, session) =>
        {
            var filter = new KeyFilters(parsed.GetValue(filters) ?? [], "label", "label!", "all");
            var withNamed = parsed.GetValue(all) || (filter.Has("all") && filter.Any("all", KeyFilters.IsTrue));
            if (!parsed.GetValue(force) && !Confirmation.Ask($"WARNING! This will remove {(withNamed ? "all" : "anonymous")} local volumes not used by at least one container.")) return ExitCode.Failed;
            var containers = session.Containers;
            var (removed, freed) = containers.Volumes.Prune(v => (withNamed || v.IsAnonymous) && filter.Labels(v.Labels), containers.UsersOf);
            if (removed.Count > 0) Console.Out.WriteLine($"Deleted Volumes:\n{string.Join('\n', removed.Select(v => v.Name))}\n");
            Console.Out.WriteLine($"Total reclaimed space: {Sizes.Text(freed)}");
            return ExitCode.Done;
        });
    }

    private static JsonObject ToRow(VolumeDefinition volume, ContainerVolumes volumes) => new()
    {
        ["Availability"] = "N/A",
        ["Driver"] = "local",
        ["Group"] = "N/A",
        ["Labels"] = string.Join(',', volume.Labels.Select(l => $"{l.Key}={l.Value}")),
        ["Links"] = "N/A",
        ["Mountpoint"] = volumes.PathOf(volume),
        ["Name"] = volume.Name,
        ["Scope"] = "local",
        ["Size"] = "N/A",
        ["Status"] = "N/A",
    };

    private static TextTable ToTable(IReadOnlyCollection<VolumeDefinition> volumes)
    {
        var table = new TextTable("DRIVER", "VOLUME NAME");
        foreach (var volume in volumes) table.Add("local", volume.Name);
        return table;
    }
}
