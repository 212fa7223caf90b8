using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Completion;
using Strata.Cli.Rendering;
using Strata.Packages;

namespace Strata.Cli.Commands;

internal static class PackagesCommand
{
    public static Command Create()
    {
        var what = new Argument<string>("REF") { Description = "An image, dir:PATH for a plain folder, or a bill of materials to read" }.OfImages();
        var platform = Arguments.PlatformOption();
        return new Command("packages", "List the packages in an image, each with the layer that brought it") { what, platform }.Does(async (parsed, session, cancellationToken) =>
        {
            var packages = await PackageSource.ReadAsync(session, parsed.GetRequiredValue(what), Arguments.ToPlatform(parsed.GetValue(platform)), cancellationToken).ConfigureAwait(false);
            PackageSource.Warn(packages);
            List(session, packages);
            return ExitCode.Done;
        });
    }

    internal static void List(Session session, ImagePackages packages) => session.Output.List([.. packages.Packages], ToJson, ToTable, p => p.Name);

    internal static JsonObject ToJson(Package package) => new()
    {
        ["name"] = package.Name,
        ["version"] = package.Version,
        ["type"] = package.Type,
        ["architecture"] = package.Architecture,
        ["purl"] = package.Purl,
        ["source"] = package.SourceName,
        ["sourceVersion"] = package.SourceVersion,
        ["licenses"] = new JsonArray([.. package.Licenses.Select(l => (JsonNode)l)]),
        ["location"] = package.Location,
        ["ownedBy"] = package.OwnedBy,
        ["layer"] = ToJson(package.IntroducedBy),
        ["lastTouchedBy"] = ToJson(package.LastTouchedBy),
    };

    private static JsonObject? ToJson(LayerOrigin? origin) => origin is null ? null : new()
    {
        ["position"] = origin.Layer,
        ["diffID"] = origin.DiffId.ToString(),
        ["instruction"] = origin.Instruction,
    };

    private static TextTable ToTable(IReadOnlyCollection<Package> packages)
    {
        var hasLayers = packages.Any(p => p.IntroducedBy is not null);
        var table = hasLayers
            ? new TextTable("NAME", "VERSION", "TYPE", "ARCH", "LAYER", "INSTRUCTION") { Flexible = 5 }
            : new TextTable("NAME", "VERSION", "TYPE", "ARCH", "LOCATION") { Flexible = 4 };
        foreach (var p in packages)
        {
            if (hasLayers)
                table.Add(p.Name, p.Version, p.Type, p.Architecture ?? "", p.IntroducedBy?.Layer.ToString(CultureInfo.InvariantCulture) ?? "", p.IntroducedBy?.Instruction ?? "");
            else
                table.Add(p.Name, p.Version, p.Type, p.Architecture ?? "", p.Location);
        }
        return table;
    }
}
