using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;
using Strata.Images;
using Strata.Layers;

namespace Strata.Cli.Commands;

internal static class WasteCommand
{
    private const int Shown = 20;

    public static Command Create()
    {
        var image = Arguments.Image();
        var failAbove = new Option<double?>("--fail-above") { Description = "Exit with 3 if more than so many percent of the bytes are wasted", HelpName = "PCT" };
        var all = new Option<bool>("--all") { Description = "Show all paths, not only the dearest" };
        var platform = Arguments.PlatformOption();
        return new Command("waste", "Show the bytes that an image ships and no container sees") { image, failAbove, all, platform }.Does(async (parsed, session, cancellationToken) =>
        {
            var files = await session.Images.FilesAsync(parsed.GetRequiredValue(image), Arguments.ToPlatform(parsed.GetValue(platform)), cancellationToken).ConfigureAwait(false);
            var report = LayerWaste.Of(files.Tree.Layers);
            var carried = files.Tree.Layers.Sum(l => l.ContentSize);
            var percent = carried == 0 ? 0 : 100.0 * report.WastedBytes / carried;
            session.Output.Object(ToJson(report, carried, percent), asText: () => Write(session, files.Image, report, percent, parsed.GetValue(all)));
            if (parsed.GetValue(failAbove) is not { } most || percent <= most) return ExitCode.Done;
            await Console.Error.WriteLineAsync($"strata: {Percent(percent)} are wasted, more than the {Percent(most)} allowed").ConfigureAwait(false);
            return ExitCode.GateNotMet;
        });
    }

    private static void Write(Session session, ImageDetails image, WasteReport report, double percent, bool all)
    {
        Console.Out.WriteLine($"Efficiency {Percent(100 * report.Efficiency)}, {Sizes.Text(report.WastedBytes)} wasted ({Percent(percent)} of what the layers carry)");
        var rows = all ? report.Paths : [.. report.Paths.Take(Shown)];
        if (rows.Count == 0 || session.Output.IsQuiet) return;
        var table = new TextTable("BYTES", "LAYERS", "PATH");
        foreach (var path in rows) table.Add(Sizes.Text(path.Bytes), Story(path), "/" + path.Path);
        Console.Out.Write("\n" + table.Render(width: null));
        if (rows.Count < report.Paths.Count) Console.Out.WriteLine($"and {report.Paths.Count - rows.Count} more: --all shows them");
        foreach (var layer in report.Paths.Take(rows.Count).SelectMany(p => p.Versions).Where(v => v.IsRemoval && v.Bytes > 0).Select(v => v.Layer).Distinct().Order())
            Console.Out.WriteLine($"Layer {layer} removes what a layer below brought, which frees nothing: {image.Layers[layer].Instruction}");
    }

    /// <summary>Who wrote it, and who wrote it again or hid it: <c>0 +2 −3</c>.</summary>
    private static string Story(WastedPath path) => string.Join(' ', path.Versions.Select((v, i) =>
        (v.IsRemoval ? "−" : i == 0 ? "" : "+") + v.Layer.ToString(CultureInfo.InvariantCulture)));

    private static string Percent(double value) => value.ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static JsonObject ToJson(WasteReport report, long carried, double percent) => new()
    {
        ["efficiency"] = Math.Round(report.Efficiency, 6),
        ["wastedBytes"] = report.WastedBytes,
        ["carriedBytes"] = carried,
        ["wastedPercent"] = Math.Round(percent, 3),
        ["paths"] = new JsonArray([.. report.Paths.Select(p => (JsonNode)new JsonObject
        {
            ["path"] = "/" + p.Path,
            ["bytes"] = p.Bytes,
            ["versions"] = new JsonArray([.. p.Versions.Select(v => (JsonNode)new JsonObject { ["layer"] = v.Layer, ["bytes"] = v.Bytes, ["removes"] = v.IsRemoval })]),
        })]),
    };
}
