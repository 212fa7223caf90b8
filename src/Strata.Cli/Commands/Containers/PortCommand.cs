using System.CommandLine;
using System.Globalization;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

internal static class PortCommand
{
    public static Command Create()
    {
        var container = ContainerArguments.One();
        var port = new Argument<string?>("PORT") { Description = "A port of the container, such as 80 or 53/udp; all without it", Arity = ArgumentArity.ZeroOrOne };
        return new Command("port", "Show which ports of the host lead into a container") { container, port }.Does(async (parsed, session, cancellationToken) =>
        {
            var record = await session.Containers.FindAsync(parsed.GetRequiredValue(container), cancellationToken).ConfigureAwait(false);
            var asked = parsed.GetValue(port);
            if (asked is not null && !asked.Contains('/', StringComparison.Ordinal)) asked += "/tcp";
            var found = record.State.Ports.Where(p => asked is null || Inside(p) == asked).OrderBy(p => p.ContainerPort).ToArray();
            if (asked is not null && found.Length == 0) throw new CommandException($"no public port '{asked}' published for {parsed.GetRequiredValue(container)}");
            foreach (var mapping in found)
            {
                var outside = string.Create(CultureInfo.InvariantCulture, $"{(mapping.HostAddress.Length == 0 ? "0.0.0.0" : mapping.HostAddress)}:{mapping.HostPort}");
                await Console.Out.WriteLineAsync(asked is null ? $"{Inside(mapping)} -> {outside}" : outside).ConfigureAwait(false);
            }
            return ExitCode.Done;
        });
    }

    private static string Inside(PortMapping port) => string.Create(CultureInfo.InvariantCulture, $"{port.ContainerPort}/{port.Protocol}");
}
