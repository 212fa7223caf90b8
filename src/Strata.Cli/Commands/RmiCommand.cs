using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;

namespace Strata.Cli.Commands;

internal static class RmiCommand
{
    public static Command Create()
    {
        var images = new Argument<string[]>("REF") { Description = "Images: names, or beginnings of IDs", Arity = ArgumentArity.OneOrMore };
        var force = new Option<bool>("--force", "-f") { Description = "An ID with several names goes with all of them" };
        return new Command("rmi", "Remove images") { images, force }.Does((parsed, session) =>
        {
            var code = ExitCode.Done;
            foreach (var image in parsed.GetRequiredValue(images))
            {
                try
                {
                    Remove(session, image, parsed.GetValue(force));
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

    private static void Remove(Session session, string image, bool force)
    {
        var removed = session.Images.Remove(image, force);
        session.Output.Object(new JsonObject
        {
            ["untagged"] = new JsonArray([.. removed.Untagged.Select(n => (JsonNode)n.Familiar)]),
            ["deleted"] = new JsonArray([.. removed.Deleted.Select(d => (JsonNode)d.ToString())]),
            ["freed"] = removed.FreedBytes,
        }, asText: () =>
        {
            foreach (var name in removed.Untagged) Console.Out.WriteLine($"Untagged: {name.Familiar}");
            foreach (var digest in removed.Deleted) Console.Out.WriteLine($"Deleted: {digest}");
            if (removed.FreedBytes > 0 && !session.Output.IsQuiet) Console.Error.WriteLine($"{Sizes.Text(removed.FreedBytes)} freed");
        });
    }
}
