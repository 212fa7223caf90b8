using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Cli.Commands.Containers;
using Strata.Cli.Completion;
using Strata.Cli.Rendering;
using Strata.Containers;
using Strata.Images;
using Strata.Oci;

namespace Strata.Cli.Commands;

internal static class InspectCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("REF") { Description = "Containers or images: names, or beginnings of IDs", Arity = ArgumentArity.OneOrMore }.OfImages();
        var platform = Arguments.PlatformOption();
        var type = new Option<string?>("--type") { Description = "Only this kind: container or image", HelpName = "KIND" };
        return new Command("inspect", "Show all there is to know of a container or an image, as docker's JSON") { names, platform, type }.Does(async (parsed, session, cancellationToken) =>
        {
            var wanted = Arguments.ToPlatform(parsed.GetValue(platform));
            var kind = parsed.GetValue(type);
            if (kind is not (null or "container" or "image")) throw new UsageException($"\"{kind}\" is not a valid value for --type", "there are container and image");
            var found = new List<JsonObject>();
            foreach (var name in parsed.GetRequiredValue(names))
            {
                var container = kind == "image" || wanted is not null ? null : await TryContainerAsync(session, name, isNeeded: kind == "container", cancellationToken).ConfigureAwait(false);
                found.Add(container ?? ToJson(session.Images.Inspect(name, wanted)));
            }
            // Without a format, docker prints an array even for one image; with one, an image at a time.
            session.Output.Object(found[0], asText: () => Output.Json(new JsonArray([.. found])));
            foreach (var more in found.Skip(1))
                session.Output.Object(more, asText: () => { });
            return ExitCode.Done;
        });
    }

    /// <summary>Names of containers and of images are apart; as docker, a container comes first.</summary>
    private static async Task<JsonObject?> TryContainerAsync(Session session, string name, bool isNeeded, CancellationToken cancellationToken)
    {
        try
        {
            return ContainerJson.Of(await session.Containers.FindAsync(name, cancellationToken).ConfigureAwait(false), session.Root);
        }
        catch (ContainerException e) when (e.Fault == ContainerFault.NoSuchContainer && !isNeeded)
        {
            return null;
        }
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
