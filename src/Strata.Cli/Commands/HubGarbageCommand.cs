using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;

namespace Strata.Cli.Commands;

internal static class HubGarbageCommand
{
    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would go, and change nothing" };
        var command = HubAdministration.Single("garbage", "Remove from a running hub what nothing needs; the hub does so by itself, once an hour");
        command.Add(dryRun);
        return command.Asks(async (parsed, hub, session, cancellationToken) =>
        {
            var query = parsed.GetValue(dryRun) ? "?dry_run=true" : "";
            var answer = await hub.SendAsync(HttpMethod.Post, "maintenance/garbage" + query, body: null, cancellationToken).ConfigureAwait(false);
            session.Output.Object((JsonObject)answer!, asText: () => Console.Out.WriteLine(Text((JsonObject)answer!)));
        });
    }

    private static string Text(JsonObject answer) => string.Create(
        CultureInfo.InvariantCulture,
        $"{answer["manifests"]} manifests and {answer["blobs"]} blobs {((bool)answer["dry_run"]! ? "would go" : "gone")}, {Sizes.Text((long)answer["bytes"]!)} freed");
}
