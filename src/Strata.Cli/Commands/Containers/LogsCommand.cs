using System.CommandLine;
using System.Globalization;
using System.Text;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

internal static class LogsCommand
{
    public static Command Create()
    {
        var container = ContainerArguments.One();
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with what comes" };
        var since = new Option<string?>("--since") { Description = "Only since a time, or so long ago, such as 10m", HelpName = "TIME" };
        var until = new Option<string?>("--until") { Description = "Only until then", HelpName = "TIME" };
        var tail = new Option<string>("--tail", "-n") { Description = "Only so many of the last lines", HelpName = "N", DefaultValueFactory = _ => "all" };
        var times = new Option<bool>("--timestamps", "-t") { Description = "Show when each line was written" };
        var details = new Option<bool>("--details") { Description = "Accepted for docker's sake: there are no more" };
        return new Command("logs", "Show what a container has written") { container, follow, since, until, tail, times, details }.Does(async (parsed, session, cancellationToken) =>
        {
            var now = session.Clock.GetUtcNow();
            var query = new LogQuery
            {
                Follow = parsed.GetValue(follow),
                Since = TimeText.Parse(parsed.GetValue(since), now, "--since"),
                Until = TimeText.Parse(parsed.GetValue(until), now, "--until"),
                Tail = parsed.GetValue(tail) is "all" or "-1" ? null
                    : int.TryParse(parsed.GetValue(tail), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : throw new UsageException($"invalid argument \"{parsed.GetValue(tail)}\" for --tail", "write a number, or all"),
            };
            var output = Console.OpenStandardOutput();
            var errors = Console.OpenStandardError();
            await foreach (var line in session.Containers.LogsAsync(parsed.GetRequiredValue(container), query, cancellationToken).ConfigureAwait(false))
            {
                var target = line.IsError ? errors : output;
                if (parsed.GetValue(times)) await target.WriteAsync(Encoding.ASCII.GetBytes(line.TimeText + " "), cancellationToken).ConfigureAwait(false);
                await target.WriteAsync(line.Content, cancellationToken).ConfigureAwait(false);
            }
            return ExitCode.Done;
        });
    }
}
