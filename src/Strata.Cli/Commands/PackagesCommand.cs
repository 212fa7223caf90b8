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
        var hidden = new Option<bool>("--hidden") { Description = "Those that a later layer removed or replaced: shipped, and not there" };
        var yours = new Option<bool>("--yours") { Description = "Only those that the base did not bring" };
        var fromBase = new Option<bool>("--from-base") { Description = "Only those that the base brought" };
        var attached = new Option<bool>("--attached") { Description = "As a bill of materials says that is attached to the image in its registry; the layers are not read" };
        var named = Arguments.BaseOption();
        var platform = Arguments.PlatformOption();
        return new Command("packages", "List the packages in an image, each with the layer that brought it") { what, hidden, yours, fromBase, attached, named, platform }.Does(async (parsed, session, cancellationToken) =>
        {
            var subject = parsed.GetRequiredValue(what);
            if (parsed.GetValue(yours) && parsed.GetValue(fromBase)) throw new UsageException("--yours and --from-base exclude each other", "leave both away for all packages");
            var on = Arguments.ToPlatform(parsed.GetValue(platform));
            if (parsed.GetValue(attached) && (parsed.GetValue(hidden) || parsed.GetValue(named) is not null)) throw new UsageException("--attached excludes --hidden and --base: these are read from the layers");
            var (packages, found) = parsed.GetValue(attached)
                ? new FoundPackages(await AttachedSboms.PackagesAsync(session, subject, on, cancellationToken).ConfigureAwait(false), Base: null)
                : await PackageSource.FindAsync(session, subject, on, parsed.GetValue(named), cancellationToken).ConfigureAwait(false);
            PackageSource.Warn(packages);
            BaseNote.Write(session, found, packages);
            bool? side = parsed.GetValue(yours) ? false : parsed.GetValue(fromBase) ? true : null;
            if (side is not null) BaseNote.Require(subject, packages.Base);
            if (parsed.GetValue(hidden)) HiddenPackages.List(session, subject, packages, side);
            else List(session, packages, side);
            return ExitCode.Done;
        });
    }

    /// <param name="session">Where to.</param>
    /// <param name="packages">All there are.</param>
    /// <param name="side">True for those of the base, false for the others, null for all.</param>
    internal static void List(Session session, ImagePackages packages, bool? side = null) => session.Output.List(
        [.. packages.Packages.Where(p => side is null || packages.IsFromBase(p) == side)], p => ToJson(p, packages), all => ToTable(all, packages), p => p.Name);

    internal static JsonObject ToJson(Package package, ImagePackages of)
    {
        var json = ToJson(package);
        json["fromBase"] = of.IsFromBase(package);
        json["base"] = of.Base?.Name;
        return json;
    }

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
        ["locations"] = new JsonArray([.. package.AlsoAt.Prepend(package.Location).Select(l => (JsonNode)l)]),
        ["ownedBy"] = package.OwnedBy,
        ["layer"] = ToJson(package.IntroducedBy),
        ["lastTouchedBy"] = ToJson(package.LastTouchedBy),
    };

    internal static JsonObject? ToJson(LayerOrigin? origin) => origin is null ? null : new()
    {
        ["position"] = origin.Layer,
        ["diffID"] = origin.DiffId.ToString(),
        ["instruction"] = origin.Instruction,
    };

    private static TextTable ToTable(IReadOnlyCollection<Package> packages, ImagePackages of)
    {
        if (packages.All(p => p.IntroducedBy is null))
        {
            var plain = new TextTable("NAME", "VERSION", "TYPE", "ARCH", "LOCATION") { Flexible = 4 };
            foreach (var p in packages) plain.Add(p.Name, p.Version, p.Type, p.Architecture ?? "", p.Location);
            return plain;
        }
        var hasBase = of.Base?.Layers is not null;
        var table = new TextTable(["NAME", "VERSION", "TYPE", "ARCH", .. hasBase ? ["FROM"] : Array.Empty<string>(), "LAYER", "INSTRUCTION"]) { Flexible = hasBase ? 6 : 5 };
        foreach (var p in packages)
        {
            string[] side = hasBase ? [Side(of.IsFromBase(p))] : [];
            table.Add([p.Name, p.Version, p.Type, p.Architecture ?? "", .. side, p.IntroducedBy?.Layer.ToString(CultureInfo.InvariantCulture) ?? "", p.IntroducedBy?.Instruction ?? ""]);
        }
        return table;
    }

    internal static string Side(bool? fromBase) => fromBase switch
    {
        true => "base",
        false => "yours",
        null => "",
    };
}
