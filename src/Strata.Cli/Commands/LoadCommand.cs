using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;
using Strata.Images;

namespace Strata.Cli.Commands;

internal static class LoadCommand
{
    public static Command Create()
    {
        var input = new Option<string?>("--input", "-i") { Description = "The archive to read, instead of stdin", HelpName = "FILE" };
        var platform = Arguments.PlatformOption();
        var all = new Option<bool>("--all-platforms") { Description = "All platforms of each index in the archive" };
        return new Command("load", "Take in images from an archive of docker, podman or skopeo, or an OCI layout in a tar") { input, platform, all }
            .Does(async (parsed, session, cancellationToken) =>
            {
                var path = parsed.GetValue(input);
                var options = new CopyOptions { Platform = Arguments.ToPlatform(parsed.GetValue(platform)), AllPlatforms = parsed.GetValue(all) };
                if (options is { Platform: not null, AllPlatforms: true }) throw new UsageException("--platform and --all-platforms exclude each other");
                var (source, name) = Arguments.OpenInput(path is null or "" ? "-" : path, "name an archive with -i FILE, or pipe one in");
                var loaded = await TransferDisplay.RunAsync(session, $"Loading {name}", progress =>
                    session.Images.LoadAsync(source, name, options, progress, cancellationToken)).ConfigureAwait(false);
                if (session.Output.IsJson) Output.Json(new JsonArray([.. loaded.Select(ToJson)]));
                else foreach (var image in loaded) Write(image, session.Output.IsQuiet);
                return ExitCode.Done;
            });
    }

    private static void Write(LoadedImage image, bool quiet)
    {
        foreach (var name in image.Names) Console.Out.WriteLine(quiet ? name.Familiar : $"Loaded image: {name.Familiar}");
        if (image.Names.Count > 0) return;
        Console.Out.WriteLine(quiet ? image.Id.ToString() : $"Loaded image ID: {image.Id}");
        if (!quiet) Console.Error.WriteLine($"  it has no name in the archive; give it one: strata tag {image.Id.Short} NAME:TAG");
    }

    private static JsonNode ToJson(LoadedImage image) => new JsonObject
    {
        ["Id"] = image.Id.ToString(),
        ["Digest"] = image.Digest.ToString(),
        ["Names"] = new JsonArray([.. image.Names.Select(n => (JsonNode)n.Familiar)]),
    };
}
