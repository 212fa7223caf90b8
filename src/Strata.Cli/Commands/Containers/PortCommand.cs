using System.CommandLine;
using System.Globalization;

namespace Strata.Cli.Commands.Containers;

internal static class PortCommand
{
    public static Command Create()
    {
        var container = ContainerArguments.One();
        var port = new Argument<string?>("PORT") { Description = "Only this one, such as 80/tcp", Arity = ArgumentArity.ZeroOrOne };
        return new Command("port", "Show which ports of the host lead into a container") { container, port }.Does(async (parsed, session, cancellationToken) =>
        {
            var record = await session.Containers.FindAsync(parsed.GetRequiredValue(container), cancellationToken).ConfigureAwait(false);
            var wanted = parsed.GetValue(port);
            if (wanted is not null && !wanted.Contains('/', StringComparison.Ordinal)) wanted += "/tcp";
            var found = record.State.Ports.Select(p => (Inside: string.Create(CultureInfo.InvariantCulture, $"{p.ContainerPort}/{p.Protocol}"),
                Outside: string.Create(CultureInfo.InvariantCulture, $"{(p.HostAddress.Length == 0 ? "0.0.0.0" : p.HostAddress)}:{p.HostPort}"))).Where(p => wanted is null || p.Inside == wanted).ToArray();
            if (wanted is not null && found.Length == 0) throw new CommandException($"No public port '{wanted}' published for {record.Name}", "publish it when the container is made: -p");
            foreach (var (inside, outside) in found) await Console.Out.WriteLineAsync(wanted is null ? $"{inside} -> {outside}" : outside).ConfigureAwait(false);
            return ExitCode.Done;
        });
    }
}
