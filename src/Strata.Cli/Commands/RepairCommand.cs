using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Completion;
using Strata.Cli.Rendering;

namespace Strata.Cli.Commands;

internal static class RepairCommand
{
    public static Command Create()
    {
        var image = new Argument<string?>("REF") { Description = "One image; all without it", Arity = ArgumentArity.ZeroOrOne }.OfImages();
        return new Command("repair", "Fetch again what is missing or damaged, and make again what is derived") { image }
            .Does(async (parsed, session, cancellationToken) =>
            {
                var faults = await session.Images.RepairAsync(parsed.GetValue(image), cancellationToken).ConfigureAwait(false);
                if (session.Output.IsJson)
                {
                    Output.Json(new JsonArray([.. faults.Select(f =>
                    {
                        var json = VerifyCommand.ToJson(f.Fault);
                        (json["repaired"], json["outcome"]) = (f.Repaired, f.Outcome);
                        return (JsonNode)json;
                    })]));
                }
                else
                {
                    foreach (var f in faults)
                        Console.Out.WriteLine($"{(f.Repaired ? "repaired" : "NOT repaired")}: {f.Fault.What} {f.Fault.Content.Short} of {string.Join(", ", f.Fault.Images)} ({VerifyCommand.Word(f.Fault.Kind)}): {f.Outcome}");
                    if (faults.Count == 0 && !session.Output.IsQuiet) await Console.Error.WriteLineAsync("Nothing to repair: all is as it should be").ConfigureAwait(false);
                }
                return faults.All(f => f.Repaired) ? ExitCode.Done : ExitCode.Failed;
            });
    }
}
