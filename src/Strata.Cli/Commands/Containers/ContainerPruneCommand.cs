using System.CommandLine;
using Strata.Cli.Rendering;

namespace Strata.Cli.Commands.Containers;

internal static class ContainerPruneCommand
{
    public static Command Create()
    {
        var force = new Option<bool>("--force", "-f") { Description = "Do not ask" };
        var filters = new Option<string[]>("--filter") { Description = "until=TIME, label=NAME[=VALUE], label!=NAME[=VALUE]", HelpName = "FILTER" };
        return new Command("prune", "Remove all containers that do not run") { force, filters }.Does(async (parsed, session, cancellationToken) =>
        {
            if (!parsed.GetValue(force) && !Confirmation.Ask("WARNING! This will remove all stopped containers.")) return ExitCode.Done;
            var filter = new KeyFilters(parsed.GetValue(filters) ?? [], "label", "label!", "until");
            var times = filter.Of("until").Select(t => TimeText.Parse(t, session.Clock.GetUtcNow(), "--filter")).ToArray();
            var (removed, freed) = await session.Containers.PruneAsync(r => Array.TrueForAll(times, t => r.Created < t) && filter.Labels(r.Spec.Labels), cancellationToken).ConfigureAwait(false);
            if (removed.Count > 0) await Console.Out.WriteLineAsync("Deleted Containers:\n" + string.Join('\n', removed.Select(r => r.Id)) + "\n").ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"Total reclaimed space: {Sizes.Text(freed)}").ConfigureAwait(false);
            return ExitCode.Done;
        });
    }
}
