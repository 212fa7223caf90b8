using Strata.Build;
using Strata.Cli.Rendering;
using Strata.Containers;

namespace Strata.Cli.Commands;

/// <summary>What a person, or a script, does in a RUN that failed.</summary>
internal static class BuildDebugging
{
    /// <returns>Null when nobody asked for it.</returns>
    /// <exception cref="UsageException">A shell was asked for, and there is no terminal.</exception>
    public static Func<FailedStep, Task>? Of(bool shell, string? command, BuildDisplay display, CancellationToken cancellationToken)
    {
        if (!shell && command is null) return null;
        if (command is null && (Console.IsInputRedirected || Console.IsErrorRedirected)) throw new UsageException("--debug opens a shell, and this is no terminal", "in scripts: --debug-run COMMAND");
        return async failed =>
        {
            using var pause = display.Pause();
            await Console.Error.WriteLineAsync($"\n{failed.Step.Name}\n{failed.Fault}").ConfigureAwait(false);
            try
            {
                if (command is not null)
                {
                    await failed.RunAsync(command, Console.OpenStandardError(), Console.OpenStandardError(), cancellationToken).ConfigureAwait(false);
                    return;
                }
                await Console.Error.WriteLineAsync("\nA shell in the failed step; the build ends when you leave it.").ConfigureAwait(false);
                await failed.OpenShellAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ContainerException e)
            {
                await Console.Error.WriteLineAsync($"there is no shell in it: {e.Message}").ConfigureAwait(false);
            }
        };
    }
}
