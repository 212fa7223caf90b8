using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;
using Strata.Containers.Files;

namespace Strata.Cli.Commands.Containers;

/// <summary>What a container has changed: a line each, A, C or D, as docker has it.</summary>
internal static class ContainerDiff
{
    public static Command Create()
    {
        var container = ContainerArguments.One();
        return new Command("diff", "Show what a container has added, changed and deleted") { container }
            .Does((parsed, session, cancellationToken) => WriteAsync(session, parsed.GetRequiredValue(container), cancellationToken));
    }

    public static async Task<int> WriteAsync(Session session, string container, CancellationToken cancellationToken)
    {
        var changes = await session.Containers.ChangesAsync(container, cancellationToken).ConfigureAwait(false);
        if (session.Output.IsPlain) foreach (var change in changes) await Console.Out.WriteLineAsync($"{change.Kind} {Terminal.Clean(change.Path)}").ConfigureAwait(false);
        else session.Output.List(changes, ToJson, _ => new TextTable("CHANGE TYPE", "PATH"), c => c.Path);
        return ExitCode.Done;
    }

    /// <summary>The Engine API's numbers.</summary>
    private static JsonObject ToJson(ContainerChange change) => new()
    {
        ["Kind"] = change.Kind switch { 'C' => 0, 'A' => 1, _ => 2 },
        ["Type"] = change.Kind.ToString(),
        ["Path"] = change.Path,
    };
}
