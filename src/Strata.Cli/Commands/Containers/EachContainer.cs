using Strata.Cli.Rendering;

namespace Strata.Cli.Commands.Containers;

/// <summary>Does the same with several containers: one that cannot be done does not keep the others.</summary>
internal static class EachContainer
{
    /// <param name="action">Gives the line to print; null for none.</param>
    public static async Task<int> DoAsync(IEnumerable<string> containers, Func<string, Task<string?>> action)
    {
        var code = ExitCode.Done;
        foreach (var container in containers)
        {
            try
            {
                if (await action(container).ConfigureAwait(false) is { } line) await Console.Out.WriteLineAsync(line).ConfigureAwait(false);
            }
            catch (Exception e) when (Failure.Of(e) is { } failure)
            {
                failure.Write(Console.Error);
                code = failure.ExitCode;
            }
        }
        return code;
    }
}
