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
            var filter = (parsed.GetValue(filters) ?? []).Select(f => Filter(f, session.Clock.GetUtcNow())).ToArray();
            var (removed, freed) = await session.Containers.PruneAsync(r => Array.TrueForAll(filter, f => f(r)), cancellationToken).ConfigureAwait(false);
            if (removed.Count > 0) await Console.Out.WriteLineAsync("Deleted Containers:\n" + string.Join('\n', removed.Select(r => r.Id)) + "\n").ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"Total reclaimed space: {Sizes.Text(freed)}").ConfigureAwait(false);
            return ExitCode.Done;
        });
    }

    private static Func<Strata.Containers.ContainerRecord, bool> Filter(string text, DateTimeOffset now)
    {
        if (text.StartsWith("until=", StringComparison.Ordinal))
        {
            var time = TimeText.Parse(text["until=".Length..], now, "--filter");
            return r => r.Created < time;
        }
        var isNot = text.StartsWith("label!=", StringComparison.Ordinal);
        if (!isNot && !text.StartsWith("label=", StringComparison.Ordinal)) throw new UsageException($"invalid filter '{text}'", "there are until=, label= and label!=");
        var (name, value) = text[(isNot ? 7 : 6)..].Split('=', 2) is [var n, var v] ? (n, v) : (text[(isNot ? 7 : 6)..], null);
        return r => (r.Spec.Labels.TryGetValue(name, out var has) && (value is null || has == value)) != isNot;
    }
}
