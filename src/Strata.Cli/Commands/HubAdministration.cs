using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Product;
using Strata.Cli.Rendering;

namespace Strata.Cli.Commands;

/// <summary>What the commands that administer a hub share.</summary>
internal static class HubAdministration
{
    private static Option<string?> Hub { get; } = new("--hub") { Description = "Host and port; the hub that runs here unless told otherwise", HelpName = "HOST", Recursive = true };

    private static Option<string?> Data { get; } = new("--data")
    {
        Description = "The hub's folder, which has the first administrator's password; ROOT/hub unless told otherwise",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>A group of commands: they know which hub, and as whom.</summary>
    public static Command Group(string name, string description, params ReadOnlySpan<Command> commands)
    {
        var group = new Command(name, description) { Hub, Data };
        foreach (var command in commands) group.Subcommands.Add(command);
        return group;
    }

    /// <summary>A command that stands alone: it knows which hub, and as whom.</summary>
    public static Command Single(string name, string description) => new(name, description) { Hub, Data };

    /// <summary>A repository's name in the path of a request.</summary>
    public static string Escaped(string repository) => string.Join('/', repository.Split('/').Select(Uri.EscapeDataString));

    public static Command Asks(this Command command, Func<ParseResult, HubApi, Session, CancellationToken, Task> action) =>
        command.Does(async (parsed, session, cancellationToken) =>
        {
            var data = parsed.GetValue(Data) is { } d ? Path.GetFullPath(d) : null;
            using var api = await HubApi.OpenAsync(session, parsed.GetValue(Hub), data, cancellationToken).ConfigureAwait(false);
            await action(parsed, api, session, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });

    /// <summary>Lists what the hub answered; JSON as it is, a column for each of the named members.</summary>
    public static void Show(Session session, JsonArray items, params string[] members) => session.Output.List(
        [.. items.OfType<JsonObject>()], static o => (JsonObject)o.DeepClone(), all =>
        {
            var table = new TextTable([.. members.Select(m => m.ToUpperInvariant().Replace('_', ' '))]);
            foreach (var item in all) table.Add([.. members.Select(m => Text(item[m]))]);
            return table;
        }, o => Text(o[members[0]]));

    public static Argument<string> Named(string name, string description) => new(name) { Description = description };

    private static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonObject map => string.Join(", ", map.Select(m => $"{m.Key} ({m.Value})")),
        _ => value.ToString(),
    };
}
