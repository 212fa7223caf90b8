using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;

namespace Strata.Cli.Commands;

internal static class HubQuotaCommand
{
    public static Command Create()
    {
        var name = HubAdministration.Named("NAMESPACE", "The first part of repositories' names: a user, an organisation");
        var limit = new Argument<string?>("SIZE")
        {
            Description = "What it may keep, such as 10GB; none for no limit, default for the configuration's. Without it, what it keeps",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = HubAdministration.Single("quota", "What a namespace of a hub keeps, and may keep");
        command.Add(name);
        command.Add(limit);
        return command.Asks(async (parsed, hub, session, cancellationToken) =>
        {
            var path = "namespaces/" + Uri.EscapeDataString(parsed.GetRequiredValue(name));
            var answer = parsed.GetValue(limit) is { } wanted
                ? await hub.SendAsync(HttpMethod.Put, $"{path}/quota?limit={Uri.EscapeDataString(wanted)}", body: null, cancellationToken).ConfigureAwait(false)
                : await hub.SendAsync(HttpMethod.Get, path + "/usage", body: null, cancellationToken).ConfigureAwait(false);
            session.Output.Object((JsonObject)answer!, asText: () => Print((JsonObject)answer!));
        });
    }

    private static void Print(JsonObject usage)
    {
        var limit = usage["limit"] is { } bytes ? Sizes.Text((long)bytes) : "any number of bytes";
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{usage["name"]} keeps {Sizes.Text((long)usage["used"]!)} and may keep {limit}"));
        foreach (var repository in usage["repositories"]!.AsArray())
            Console.Out.WriteLine($"  {repository!["name"]}  {Sizes.Text((long)repository["bytes"]!)}");
    }
}
