using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;
using Strata.Packages;

namespace Strata.Cli.Commands;

/// <summary>Lists what later layers removed or replaced, with the layer that brought each and the layer that hid it.</summary>
internal static class HiddenPackages
{
    public static void List(Session session, string what, ImagePackages packages, bool? side)
    {
        if (!PackageSource.IsImage(what)) throw new UsageException($"{what} is no image: only the layers of an image hide packages", "leave --hidden away");
        session.Output.List(
            [.. packages.Hidden.Where(h => side is null || packages.IsFromBase(h.Package) == side)], h => ToJson(h, packages), ToTable, h => h.Package.Name);
    }

    private static JsonObject ToJson(HiddenPackage hidden, ImagePackages of)
    {
        var json = PackagesCommand.ToJson(hidden.Package, of);
        json["hiddenBy"] = PackagesCommand.ToJson(hidden.HiddenBy);
        json["replacedBy"] = hidden.ReplacedBy;
        return json;
    }

    private static TextTable ToTable(IReadOnlyCollection<HiddenPackage> hidden)
    {
        var table = new TextTable("NAME", "VERSION", "TYPE", "ARCH", "LAYER", "HIDDEN BY", "REPLACED BY", "INSTRUCTION") { Flexible = 7 };
        foreach (var h in hidden)
        {
            table.Add(h.Package.Name, h.Package.Version, h.Package.Type, h.Package.Architecture ?? "",
                Number(h.Package.IntroducedBy?.Layer), Number(h.HiddenBy.Layer), h.ReplacedBy ?? "-", h.HiddenBy.Instruction ?? "");
        }
        return table;
    }

    private static string Number(int? n) => n?.ToString(CultureInfo.InvariantCulture) ?? "";
}
