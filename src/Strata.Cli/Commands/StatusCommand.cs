using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Commands.Containers;
using Strata.Cli.Product;
using Strata.Cli.Rendering;
using Strata.Vulnerabilities.Advisories;

namespace Strata.Cli.Commands;

internal static class StatusCommand
{
    public static Command Create() => new Command("status", "What runs, and what is there").Does((_, session) =>
    {
        var services = new Services(session.Root);
        var images = session.Images.List();
        var blobs = session.Store.Blobs().Sum(b => b.Size);
        var advisories = AdvisoryDatabase.StatusOf(session.AdvisoryDatabase);
        session.Output.Object(new JsonObject
        {
            ["root"] = session.Root,
            ["hub"] = ToJson(services.Hub),
            ["dashboard"] = ToJson(services.Dashboard),
            ["engine"] = new JsonObject { ["running"] = EngineCommand.IsHeld(services) },
            ["images"] = images.Select(i => i.Id).Distinct().Count(),
            ["bytes"] = blobs,
            ["advisories"] = advisories.Records,
        }, asText: () =>
        {
            Console.Out.WriteLine($"Hub         {Address(services.Hub)}");
            Console.Out.WriteLine($"Dashboard   {Address(services.Dashboard)}");
            Console.Out.WriteLine($"Engine      {(EngineCommand.IsHeld(services) ? "runs" : "does not run")}");
            Console.Out.WriteLine($"Images      {images.Select(i => i.Id).Distinct().Count()}, {Sizes.Text(blobs)} compressed, in {session.Root}");
            Console.Out.WriteLine(advisories.Exists
                ? $"Advisories  {advisories.Records} records, updated {Ages.Ago(advisories.Updated, session.Clock.GetUtcNow())}"
                : "Advisories  none yet: strata advisories update --from SOURCE");
        });
        return ExitCode.Done;
    });

    private static string Address(Service service) => service.Running() is { } state ? $"http://{state.Address}" : "does not run";

    private static JsonObject ToJson(Service service)
    {
        var state = service.Running();
        return new JsonObject { ["running"] = state is not null, ["address"] = state is null ? null : $"http://{state.Address}", ["pid"] = state?.Pid };
    }
}
