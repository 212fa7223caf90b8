using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Completion;
using Strata.Cli.Rendering;
using Strata.Images;

namespace Strata.Cli.Commands;

internal static class VerifyCommand
{
    public static Command Create()
    {
        var image = new Argument<string?>("REF") { Description = "One image; all without it", Arity = ArgumentArity.ZeroOrOne }.OfImages();
        return new Command("verify", "Read all that images need from disk again, and hold it against its digests") { image }
            .Does(async (parsed, session, cancellationToken) =>
            {
                var check = await session.Images.VerifyAsync(parsed.GetValue(image), cancellationToken).ConfigureAwait(false);
                session.Output.Object(new JsonObject
                {
                    ["images"] = check.Images,
                    ["blobs"] = check.Blobs,
                    ["bytes"] = check.Bytes,
                    ["clean"] = check.IsClean,
                    ["faults"] = new JsonArray([.. check.Faults.Select(f => (JsonNode)ToJson(f))]),
                }, asText: () => Write(check, session.Output.IsQuiet));
                return check.IsClean ? ExitCode.Done : ExitCode.Failed;
            });
    }

    internal static JsonObject ToJson(StoreFault fault) => new()
    {
        ["kind"] = Word(fault.Kind),
        ["digest"] = fault.Content.ToString(),
        ["what"] = fault.What,
        ["images"] = new JsonArray([.. fault.Images.Select(i => (JsonNode)i)]),
        ["detail"] = fault.Detail,
    };

    internal static string Word(FaultKind kind) => kind switch
    {
        FaultKind.Missing => "missing",
        FaultKind.Damaged => "damaged",
        FaultKind.WrongLayer => "wrong-layer",
        FaultKind.Invalid => "invalid",
        _ => "bad-index",
    };

    private static void Write(StoreCheck check, bool quiet)
    {
        if (check.Faults.Count > 0)
        {
            var table = new TextTable("FAULT", "WHAT", "DIGEST", "IMAGES", "DETAIL") { Flexible = 4 };
            foreach (var fault in check.Faults) table.Add(Word(fault.Kind), fault.What, fault.Content.Short, string.Join(", ", fault.Images), fault.Detail);
            Console.Out.Write(table.Render(Console.IsOutputRedirected ? null : Math.Max(40, Console.WindowWidth)));
        }
        if (quiet) return;
        var count = check.Faults.Count;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{check.Images} images, {check.Blobs} blobs, {Sizes.Text(check.Bytes)} read: {(count == 0 ? "all as it should be" : $"{count} fault{(count == 1 ? "" : "s")}; `strata repair` fetches again what can be fetched")}"));
    }
}
