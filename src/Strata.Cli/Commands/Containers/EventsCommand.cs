using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

internal static class EventsCommand
{
    private static readonly string[] Keys = ["container", "event", "image", "label", "type"];

    public static Command Create()
    {
        var since = new Option<string?>("--since") { Description = "What has happened since a time, or so long ago", HelpName = "TIME" };
        var until = new Option<string?>("--until") { Description = "Only until then", HelpName = "TIME" };
        var filters = new Option<string[]>("--filter", "-f") { Description = "container=, event=, image=, label=, type=", HelpName = "FILTER" };
        return new Command("events", "Show what happens to containers") { since, until, filters }.Does(async (parsed, session, cancellationToken) =>
        {
            var now = session.Clock.GetUtcNow();
            var wanted = (parsed.GetValue(filters) ?? []).Select(f => f.Split('=', 2) is [var k, var v] && Keys.Contains(k, StringComparer.Ordinal) ? (Key: k, Value: v) : throw new UsageException($"invalid filter '{f}'", "there are: " + string.Join(", ", Keys)))
                .ToLookup(f => f.Key, f => f.Value, StringComparer.Ordinal);
            var format = parsed.GetValue(GlobalOptions.Format);
            var template = format is null or "table" or "json" ? null : Template.Parse(format);
            await foreach (var happened in session.Containers.EventsAsync(TimeText.Parse(parsed.GetValue(since), now, "--since"), TimeText.Parse(parsed.GetValue(until), now, "--until"), cancellationToken).ConfigureAwait(false))
            {
                if (!wanted.All(w => w.Any(v => Matches(happened, w.Key, v)))) continue;
                var line = format == "json" ? ToJson(happened).ToJsonString() : template is not null ? template.Render(ToJson(happened)) : ToText(happened);
                await Console.Out.WriteLineAsync(line).ConfigureAwait(false);
            }
            return ExitCode.Done;
        });
    }

    private static bool Matches(ContainerEvent happened, string key, string value) => key switch
    {
        "container" => happened.Id.StartsWith(value, StringComparison.Ordinal) || happened.Attributes.GetValueOrDefault("name") == value,
        "event" => happened.Action == value,
        "image" => happened.Attributes.GetValueOrDefault("image") == value,
        "type" => happened.Type == value,
        _ => value.Split('=', 2) is [var name, var wanted] ? happened.Attributes.GetValueOrDefault(name) == wanted : happened.Attributes.ContainsKey(value),
    };

    private static string ToText(ContainerEvent happened) =>
        $"{happened.Time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff00Z", CultureInfo.InvariantCulture)} {happened.Type} {happened.Action} {happened.Id} ({string.Join(", ", happened.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value}"))})";

    private static JsonObject ToJson(ContainerEvent happened) => new()
    {
        ["Type"] = happened.Type,
        ["Action"] = happened.Action,
        ["status"] = happened.Action,
        ["id"] = happened.Id,
        ["from"] = happened.Attributes.GetValueOrDefault("image"),
        ["Actor"] = new JsonObject { ["ID"] = happened.Id, ["Attributes"] = new JsonObject(happened.Attributes.Select(a => KeyValuePair.Create(a.Key, (JsonNode?)a.Value))) },
        ["time"] = happened.Time.ToUnixTimeSeconds(),
        ["timeNano"] = (happened.Time - DateTimeOffset.UnixEpoch).Ticks * 100,
    };
}
