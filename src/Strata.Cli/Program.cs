using System.CommandLine;
using Strata.Cli;
using Strata.Cli.Commands;
using Strata.Cli.Commands.Containers;
using Strata.Cli.Completion;
using Strata.Cli.Rendering;
using Strata.Containers;

// Asked for by scripts and shells' prompts: answered before anything else is set up.
if (args is ["--version"])
{
    Console.Out.WriteLine($"strata {ProductVersion.Text}");
    return ExitCode.Done;
}

var root = new RootCommand("Finds, pulls, builds, runs and shares container images, and shows what is inside them.");
GlobalOptions.AddTo(root);
root.Subcommands.Add(PullCommand.Create());
root.Subcommands.Add(PushCommand.Create());
root.Subcommands.Add(SearchCommand.Create());
root.Subcommands.Add(LoginCommand.Create());
root.Subcommands.Add(LogoutCommand.Create());
root.Subcommands.Add(CopyCommand.Create());
root.Subcommands.Add(SaveCommand.Create());
root.Subcommands.Add(LoadCommand.Create());
root.Subcommands.Add(ImportCommand.Create());
root.Subcommands.Add(ImagesCommand.Create());
root.Subcommands.Add(InspectCommand.Create());
root.Subcommands.Add(HistoryCommand.Create());
root.Subcommands.Add(LayersCommand.Create());
root.Subcommands.Add(LsCommand.Create());
root.Subcommands.Add(CatCommand.Create());
root.Subcommands.Add(DiffCommand.Create());
root.Subcommands.Add(WasteCommand.Create());
root.Subcommands.Add(TagCommand.Create());
root.Subcommands.Add(RmiCommand.Create());
root.Subcommands.Add(BuildCommand.Create());
root.Subcommands.Add(RebaseCommand.Create());
root.Subcommands.Add(SquashCommand.Create());
root.Subcommands.Add(ManifestCommand.Create());
root.Subcommands.Add(VerifyCommand.Create());
root.Subcommands.Add(RepairCommand.Create());
root.Subcommands.Add(PruneCommand.Create());
root.Subcommands.Add(DfCommand.Create());
root.Subcommands.Add(PackagesCommand.Create());
root.Subcommands.Add(WhyCommand.Create());
root.Subcommands.Add(SbomCommand.Create());
root.Subcommands.Add(ScanCommand.Create());
root.Subcommands.Add(AdviceCommand.Create());
root.Subcommands.Add(AdvisoriesCommand.Create());
ContainerCommands.AddTo(root);
root.Subcommands.Add(UpCommand.Create());
root.Subcommands.Add(DownCommand.Create());
root.Subcommands.Add(StatusCommand.Create());
root.Subcommands.Add(HubCommand.Create());
root.Subcommands.Add(CompletionCommand.Create());
root.Subcommands.Add(VersionCompareCommand.Create());

if (args is [WordCompletion.Verb, .. var words])
{
    foreach (var word in WordCompletion.Of(root, words)) Console.Out.WriteLine(word);
    return ExitCode.Done;
}

var parsed = root.Parse(args.Length == 0 ? ["--help"] : TrailingCommand.Cut(root, args));
if (parsed.Errors.Count > 0 || WrongUsage.StrayOption(parsed) is not null)
{
    WrongUsage.Write(parsed, root, Console.Error);
    return ContainerCommands.IsRun(parsed) ? ContainerException.NotStarted : ExitCode.WrongUsage;
}
// Where signals are for the container, nothing of ours may take them.
TimeSpan? patience = ContainerCommands.HandsSignalsOn(parsed) ? null : TimeSpan.FromSeconds(10);
return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = patience })
    .ConfigureAwait(false);
