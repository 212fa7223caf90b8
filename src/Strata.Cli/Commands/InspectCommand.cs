using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Cli.Completion;
using Strata.Cli.Rendering;
using Strata.Images;
using Strata.Oci;

namespace Strata.Cli.Commands;

internal static class InspectCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("REF") { Description = "Images: names, or beginnings of IDs", Arity = ArgumentArity.OneOrMore }.OfImages();
        var platform = Arguments.PlatformOption();
        return new Command("inspect", "Show all there is to know of an image, as docker's JSON") { names, platform }.Does((parsed, session) =>
        {
            var wanted = Arguments.ToPlatform(parsed.GetValue(platform));
            var found = parsed.GetRequiredValue(names).Select(n => ToJson(session.Images.Inspect(n, wanted))).ToArray();
            // Without a format, docker prints an array even for one image; with one, an image at a time.
            session.Output.Object(found[0], asText: () => Output.Json(new JsonArray([.. found])));
            foreach (var more in found.Skip(1))
                session.Output.Object(more, asText: () => { });
            return ExitCode.Done;
        });
    }

    internal static JsonObject ToJson(ImageDetails image) => new()
    {
        ["Id"] = image.Id.ToString(),
        ["RepoTags"] = new JsonArray([.. image.Names.Where(n => n.Digest is null).Select(n => (JsonNode)n.Familiar)]),
        ["RepoDigests"] = new JsonArray([.. image.RepoDigests.Select(n => (JsonNode)n.Familiar)]),
        ["Comment"] = image.Config.History?.LastOrDefault()?.Comment ?? "",
        ["Created"] = image.Config.Created?.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["Author"] = image.Config.Author ?? "",
        ["Architecture"] = image.Config.Architecture,
        ["Variant"] = image.Config.Variant,
        ["Os"] = image.Config.Os,
        ["OsVersion"] = image.Config.OsVersion,
        ["Size"] = image.UnpackedSize ?? image.CompressedSize,
        ["CompressedSize"] = image.CompressedSize,
        ["RootFS"] = new JsonObject
        {
            ["Type"] = image.Config.RootFs.Type,
            ["Layers"] = new JsonArray([.. image.Config.RootFs.DiffIds.Select(d => (JsonNode)d.ToString())]),
        },
        ["Descriptor"] = JsonSerializer.SerializeToNode(image.ManifestDescriptor, OciJson.Default.Descriptor),
        ["Config"] = ConfigOf(image.Config.Config ?? new ContainerConfig()),
    };

    /// <summary>Docker writes all the fields, those without a value as null, and scripts index them without asking.</summary>
    private static JsonNode? ConfigOf(ContainerConfig config)
    {
        var json = JsonSerializer.SerializeToNode(config, OciJson.Default.ContainerConfig)!.AsObject();
        foreach (var name in (string[])["Env", "Entrypoint", "Cmd", "Volumes", "Labels", "ExposedPorts", "OnBuild"]) json.TryAdd(name, null);
        foreach (var name in (string[])["User", "WorkingDir"]) json.TryAdd(name, "");
        return json;
    }
}
