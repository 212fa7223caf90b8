using System.CommandLine;
using Strata.Cli.Rendering;

namespace Strata.Cli;

/// <summary>Gives a command its action: open a session, do it, turn what failed into a few lines and an exit code.</summary>
internal static class Verb
{
    public static Command Does(this Command command, Func<ParseResult, Session, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                using var session = new Session(parsed);
                return await action(parsed, session, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync("strata: stopped; what was complete is kept").ConfigureAwait(false);
                return ExitCode.Interrupted;
            }
            catch (Exception e) when (Failure.Of(e) is { } failure)
            {
                failure.Write(Console.Error);
                return failure.ExitCode;
            }
        });
        return command;
    }

    public static Command Does(this Command command, Func<ParseResult, Session, int> action) =>
        command.Does((parsed, session, _) => Task.FromResult(action(parsed, session)));
}
