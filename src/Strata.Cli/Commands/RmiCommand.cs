using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Completion;
using Strata.Cli.Rendering;

namespace Strata.Cli.Commands;

internal static class RmiCommand
{
    public static Command Create()
    {
        var images = new Argument<string[]>("REF") { Description = "Images: names, or beginnings of IDs", Arity = ArgumentArity.OneOrMore }.OfImages();
        var force = new Option<bool>("--force", "-f") { Description = "An ID with several names goes with all of them" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would go, and change nothing" };
        return new Command("rmi", "Remove images") { images, force, dryRun }.Does((parsed, session) =>
        {
            var code = ExitCode.Done;
            foreach (var image in parsed.GetRequiredValue(images))
            {
                try
                {
                    Remove(session, image, parsed.GetValue(force), parsed.GetValue(dryRun));
                }
                catch (Exception e) when (Failure.Of(e) is { } failure)
                {
                    // One that cannot go does not keep the others.
                    failure.Write(Console.Error);
                    code = failure.ExitCode;
                }
            }
            return code;
        });
    }

    private static void Remove(Session session, string image, bool force, bool dryRun)
    {
        var removed = dryRun ? session.Images.WouldRemove(image, force) : session.Images.Remove(image, force);
        session.Output.Object(new JsonObject
        {
            ["untagged"] = new JsonArray([.. removed.Untagged.Select(n => (JsonNode)n.Familiar)]),
            ["deleted"] = new JsonArray([.. removed.Deleted.Select(d => (JsonNode)d.ToString())]),
            ["freed"] = removed.FreedBytes,
            ["shared"] = removed.SharedBytes,
            ["sharedWith"] = removed.SharedWith,
        }, asText: () =>
        {
            foreach (var name in removed.Untagged) Console.Out.WriteLine($"{(dryRun ? "Would untag" : "Untagged")}: {name.Familiar}");
            foreach (var digest in removed.Deleted) Console.Out.WriteLine($"{(dryRun ? "Would delete" : "Deleted")}: {digest}");
            if (removed.FreedBytes > 0 && !session.Output.IsQuiet)
                Console.Error.WriteLine(PruneCommand.Freed(removed.FreedBytes, removed.SharedBytes, removed.SharedWith, dryRun ? "would be freed" : "freed"));
        });
    }
}
