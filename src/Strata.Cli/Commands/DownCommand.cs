using System.CommandLine;
using Strata.Cli.Product;

namespace Strata.Cli.Commands;

internal static class DownCommand
{
    public static Command Create() => new Command("down", "Stop the hub, the dashboard and the engine; images, data and containers stay").Does(async (_, session, cancellationToken) =>
    {
        var services = new Services(session.Root);
        foreach (var service in (Service[])[services.Dashboard, services.Hub, .. Environment.IsPrivilegedProcess ? (Service[])[services.Engine] : []])
        {
            var stopped = await service.StopAsync(cancellationToken).ConfigureAwait(false);
            if (!session.Output.IsQuiet) await Console.Out.WriteLineAsync(stopped ? $"The {service.Name} is stopped" : $"The {service.Name} did not run").ConfigureAwait(false);
        }
        return ExitCode.Done;
    });
}
