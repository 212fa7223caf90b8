using System.CommandLine;
using Strata.Cli.Rendering;

namespace Strata.Cli.Commands.Containers;

internal static class TopCommand
{
    public static Command Create()
    {
        var container = ContainerArguments.One();
        var command = new TrailingCommand("top", "Show the processes of a container; behind it, options of ps", own: 1) { container };
        return command.Does(async (parsed, session, cancellationToken) =>
        {
            var (titles, rows) = await session.Containers.TopAsync(parsed.GetRequiredValue(container), command.Words, cancellationToken).ConfigureAwait(false);
            var table = new TextTable([.. titles]);
            foreach (var row in rows) table.Add([.. row]);
            await Console.Out.WriteAsync(table.Render(width: null)).ConfigureAwait(false);
            return ExitCode.Done;
        });
    }
}
