using System.CommandLine;
using Strata.Containers;
using Strata.Content;

namespace Strata.Cli.Commands.Containers;

internal static class EngineCommand
{
    public static Command Create() => new Command("engine", "Keep restart policies and health checks of containers, in the foreground").Does(async (_, session, cancellationToken) =>
    {
        _ = session.Store;
        // Two would start everything twice.
        using var alone = FileLock.TryExclusive(Path.Combine(session.Root, "engine.lock"))
            ?? throw new CommandException("another engine keeps the containers of this root", "`strata status` shows it; `strata down` stops it");
        await new Supervisor(session.Containers, session.Clock, line => Console.Error.WriteLine($"strata engine: {line}")).RunAsync(cancellationToken).ConfigureAwait(false);
        return ExitCode.Done;
    });
}
