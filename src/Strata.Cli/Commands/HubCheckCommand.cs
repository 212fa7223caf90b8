using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;

namespace Strata.Cli.Commands;

internal static class HubCheckCommand
{
    public static Command Create() => HubAdministration.Single("check", "Read all blobs of a running hub, and take damaged ones out of use").Asks(async (_, hub, session, cancellationToken) =>
    {
        var answer = (JsonObject)(await hub.SendAsync(HttpMethod.Post, "maintenance/check", body: null, cancellationToken).ConfigureAwait(false))!;
        session.Output.Object(answer, asText: () =>
        {
            Console.Out.WriteLine($"{answer["blobs"]} blobs read, {Sizes.Text((long)answer["bytes"]!)}");
            var damaged = answer["damaged"]!.AsArray();
            foreach (var digest in damaged) Console.Out.WriteLine($"damaged: {digest}");
            if (damaged.Count > 0) Console.Error.WriteLine("Push an image that has them once more: the hub asks for what is damaged");
        });
    });
}
