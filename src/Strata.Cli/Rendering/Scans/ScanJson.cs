using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Commands;
using Strata.Vulnerabilities;
using Strata.Vulnerabilities.Matching;
using Strata.Vulnerabilities.Support;

namespace Strata.Cli.Rendering.Scans;

/// <summary>All that a scan knows, with stable names.</summary>
internal static class ScanJson
{
    public static JsonObject Of(ScanReport report)
    {
        var result = report.Result;
        return new JsonObject
        {
            ["state"] = result.State switch
            {
                ScanState.NoDatabase => "no-database",
                ScanState.NoDataForDistribution => "no-data-for-distribution",
                _ => "scanned",
            },
            ["explanation"] = result.Explanation,
            ["distribution"] = result.Distribution is null ? null : $"{result.Distribution.Id}:{result.Distribution.VersionId}",
            ["supportEnds"] = result.Distribution is null ? null : SupportEnds.Of(result.Distribution)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["dataUpdated"] = Date(result.Updated),
            ["dataNewest"] = Date(result.DataDate),
            ["packagesChecked"] = result.PackagesChecked,
            ["noData"] = new JsonArray([.. result.WithoutData.Select(m => (JsonNode)new JsonObject { ["ecosystem"] = m.Name, ["packages"] = m.Packages })]),
            ["counts"] = new JsonObject(Enum.GetValues<Severity>().Order().Select(s => KeyValuePair.Create(ScanText.Of(s), (JsonNode?)report.Shown.Count(f => f.Severity == s)))),
            ["findings"] = new JsonArray([.. report.Shown.Select(Of)]),
            ["suppressed"] = new JsonArray([.. result.Suppressed.Select(Of)]),
            ["undecided"] = new JsonArray([.. result.Undecided.Select(u => (JsonNode)new JsonObject
            {
                ["source"] = u.SourceName,
                ["sourceVersion"] = u.SourceVersion,
                ["record"] = u.RecordId,
                ["reason"] = u.Reason,
            })]),
        };
    }

    public static JsonObject Of(Finding f) => new()
    {
        ["id"] = f.Id,
        ["aliases"] = Texts(f.Aliases),
        ["related"] = Texts(f.Related),
        ["severity"] = ScanText.Of(f.Severity),
        ["severitySource"] = f.SeveritySource,
        ["score"] = f.Score,
        ["vector"] = f.Vector,
        ["ratings"] = new JsonArray([.. f.Ratings.Select(r => (JsonNode)new JsonObject
        {
            ["source"] = r.Source,
            ["severity"] = ScanText.Of(r.Severity),
            ["score"] = r.Score,
            ["vector"] = r.Vector,
        })]),
        ["exploitedSince"] = Date(f.ExploitedSince),
        ["epss"] = f.Likelihood,
        ["exploitation"] = f.Exploitation,
        ["source"] = f.SourceName,
        ["sourceVersion"] = f.SourceVersion,
        ["fixedVersion"] = f.FixedVersion,
        ["fixState"] = ScanText.State(f.FixState),
        ["summary"] = f.Summary,
        ["published"] = Date(f.Published),
        ["modified"] = Date(f.Modified),
        ["record"] = f.RecordId,
        ["otherRecords"] = Texts(f.OtherRecords),
        ["database"] = f.Database,
        ["ecosystem"] = f.Ecosystem,
        ["rule"] = f.Rule,
        ["references"] = Texts(f.References),
        ["packages"] = new JsonArray([.. f.Packages.Select(PackagesCommand.ToJson)]),
    };

    private static JsonNode Of(SuppressedFinding suppressed)
    {
        var json = Of(suppressed.Finding);
        json["suppressedBy"] = suppressed.By;
        json["reason"] = suppressed.Reason;
        return json;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);

    private static string? Date(DateTimeOffset? date) => date?.ToString("O", CultureInfo.InvariantCulture);
}
