using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;

namespace Strata.Cli.Commands.Containers;

internal static class ContainerInspectCommand
{
    public static Command Create()
    {
        var containers = ContainerArguments.Several();
        var size = new Option<bool>("--size", "-s") { Description = "With the bytes that it has changed" };
        return new Command("inspect", "Show all there is to know of containers, as docker's JSON") { containers, size }.Does(async (parsed, session, cancellationToken) =>
        {
            var found = new List<JsonObject>();
            var code = await EachContainer.DoAsync(parsed.GetRequiredValue(containers), async name =>
            {
                var record = await session.Containers.FindAsync(name, cancellationToken).ConfigureAwait(false);
                var json = ContainerJson.Of(record, session.Root);
                if (parsed.GetValue(size)) json["SizeRw"] = session.Containers.WritableBytes(record);
                found.Add(json);
                return null;
            }).ConfigureAwait(false);
            if (found.Count == 0 && code != ExitCode.Done) return code;
            session.Output.Object(found[0], asText: () => Output.Json(new JsonArray([.. found])));
            foreach (var more in found.Skip(1)) session.Output.Object(more, asText: () => { });
            return code;
        });
    }
}
