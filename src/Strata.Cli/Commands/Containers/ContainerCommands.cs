using System.CommandLine;

namespace Strata.Cli.Commands.Containers;

/// <summary>All verbs of containers: by themselves, and below <c>container</c>, as docker has both.</summary>
internal static class ContainerCommands
{
    public static void AddTo(RootCommand root)
    {
        foreach (var command in Verbs()) root.Subcommands.Add(command);
        root.Subcommands.Add(PsCommand.Create());
        root.Subcommands.Add(EventsCommand.Create());
        root.Subcommands.Add(SystemCommand.Create());
        root.Subcommands.Add(EngineCommand.Create());
        root.Subcommands.Add(LifeCommands.Exited());
        root.Subcommands.Add(Networks.NetworkCommand.New());
        root.Subcommands.Add(Volumes.VolumeCommand.New());
        var group = new Command("container", "Containers: the same verbs, and those that are of containers alone");
        foreach (var command in Verbs()) group.Subcommands.Add(command);
        group.Subcommands.Add(ContainerDiff.Create());
        var list = PsCommand.Create("ls");
        list.Aliases.Add("ps");
        list.Aliases.Add("list");
        group.Subcommands.Add(list);
        group.Subcommands.Add(ContainerInspectCommand.Create());
        group.Subcommands.Add(ContainerPruneCommand.Create());
        root.Subcommands.Add(group);
    }

    public static bool IsRun(ParseResult parsed) => parsed.CommandResult.Command.Name is "run" or "create";

    public static bool HandsSignalsOn(ParseResult parsed) => parsed.CommandResult.Command.Name is "run" or "start" or "attach" or "exec";

    private static IEnumerable<Command> Verbs() =>
    [
        RunCommand.Create(), CreateCommand.Create(), LifeCommands.Start(), LifeCommands.Stop(), LifeCommands.Restart(), LifeCommands.Kill(), LifeCommands.Pause(), LifeCommands.Unpause(),
        LifeCommands.Remove(), LifeCommands.Wait(), LifeCommands.Rename(), LogsCommand.Create(), ExecCommand.Create(), AttachCommand.Create(), TopCommand.Create(), StatsCommand.Create(),
        PortCommand.Create(), UpdateCommand.Create(), CpCommand.Create(), ExportCommand.Create(), CommitCommand.Create(),
    ];
}
