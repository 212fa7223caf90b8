using System.CommandLine;
using Strata.Cli.Product;
using Strata.Containers;
using Strata.Content;

namespace Strata.Cli.Commands.Containers;

internal static class EngineCommand
{
    public static Command Create() => new Command("engine", "Keep restart policies and health checks of containers, in the foreground").Does(async (parsed, session, cancellationToken) =>
    {
        _ = session.Store;
        // Two would start everything twice.
        using var alone = await TakeAsync(new Services(session.Root).EngineLock, cancellationToken).ConfigureAwait(false)
            ?? throw new CommandException("another engine keeps the containers of this root", "`strata status` shows it; `strata down` stops it");
        await new Supervisor(session.Containers, session.Clock, line => Console.Error.WriteLine($"strata engine: {line}")).RunAsync(cancellationToken).ConfigureAwait(false);
        return ExitCode.Done;
    });

    /// <summary>Who only asks whether it is held holds it for a moment.</summary>
    private static async Task<FileLock?> TakeAsync(string path, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            if (FileLock.TryExclusive(path) is { } held) return held;
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken).ConfigureAwait(false);
        }
        return null;
    }

    /// <summary>Starts it in the background, if it does not run.</summary>
    public static async Task EnsureAsync(Services services, Session session, CancellationToken cancellationToken)
    {
        if (IsHeld(services)) return;
        await services.Engine.StartAsync(Environment.ProcessPath!, ["--root", session.Root, "engine"], address: "", () => Task.FromResult(IsHeld(services)), cancellationToken).ConfigureAwait(false);
    }

    public static bool IsHeld(Services services)
    {
        if (!File.Exists(services.EngineLock)) return false;
        using var free = FileLock.TryExclusive(services.EngineLock);
        return free is null;
    }
}
