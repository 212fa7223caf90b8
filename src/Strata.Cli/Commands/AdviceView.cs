using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;
using Strata.Images;
using Strata.Vulnerabilities;

namespace Strata.Cli.Commands;

/// <summary>Advice as a table and as JSON.</summary>
internal static class AdviceView
{
    private static readonly Severity[] Shown = [Severity.Critical, Severity.High, Severity.Medium, Severity.Low];

    public static void Write(Session session, Advice advice)
    {
        var table = new TextTable("BASE", "IMAGE", "SIZE", "", "CRITICAL", "HIGH", "MEDIUM", "LOW", "ALL", "");
        foreach (var row in advice.Others.Prepend(advice.Now))
        {
            table.Add([
                Word(row.Kind), row.Name.Familiar, row.Size is { } size ? Sizes.Text(size) : "",
                row.Kind is null || row.Size - advice.Now.Size is not { } change ? "" : change < 0 ? $"-{Sizes.Text(-change)}" : $"+{Sizes.Text(change)}",
                .. Shown.Select(s => row.Counts is { } counts ? Number(counts.GetValueOrDefault(s)) : "?"), row.Total is { } total ? Number(total) : "?",
                row.Kind is null || row.Total - advice.Now.Total is not { } difference ? "" : difference.ToString("+0;-0;0", CultureInfo.InvariantCulture),
            ]);
        }

        Console.Out.Write(table.Render(width: null));
        if (session.Output.IsQuiet) return;
        foreach (var row in advice.Others) Console.Out.WriteLine($"{Word(row.Kind)}:  {row.From}");
        if (advice.Rebase is { } command) Console.Out.WriteLine($"without a build:  {command}");
        if (advice.Others.Count == 0) Console.Error.WriteLine("no other base was found: the tag leads to what the image has, and no version is newer or smaller");
        else if (advice.Others.Any(r => r.Counts is null)) Console.Error.WriteLine("?: it is not here, or there is no advisory data; --pull brings what is missing, strata advisories update brings data");
    }

    public static JsonObject ToJson(Advice advice) => new()
    {
        ["image"] = advice.Image,
        ["base"] = Json(advice.Now, advice.Now),
        ["alternatives"] = new JsonArray([.. advice.Others.Select(r => (JsonNode)Json(r, advice.Now))]),
        ["rebase"] = advice.Rebase,
    };

    private static JsonObject Json(AdviceRow row, AdviceRow now)
    {
        var json = new JsonObject
        {
            ["kind"] = Word(row.Kind),
            ["name"] = row.Name.Familiar,
            ["digest"] = row.Digest?.ToString(),
            ["size"] = row.Size,
            ["counts"] = row.Counts is null ? null : new JsonObject(row.Counts.OrderBy(c => c.Key).Select(c => KeyValuePair.Create(c.Key.ToString().ToLowerInvariant(), (JsonNode?)c.Value))),
            ["from"] = row.From,
        };
        if (row.Kind is null) return json;
        json["sizeDifference"] = row.Size - now.Size;
        json["vulnerabilityDifference"] = row.Total - now.Total;
        return json;
    }

    private static string Word(AlternativeKind? kind) => kind switch
    {
        null => "now",
        AlternativeKind.Refreshed => "refreshed",
        AlternativeKind.Newer => "newer",
        _ => "smaller",
    };

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
