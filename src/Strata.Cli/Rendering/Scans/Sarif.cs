using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Packages;
using Strata.Vulnerabilities;
using Strata.Vulnerabilities.Matching;

namespace Strata.Cli.Rendering.Scans;

/// <summary>SARIF 2.1.0 (OASIS): a rule for each vulnerability, a result for each package that has it; what does not count is suppressed.</summary>
internal static class Sarif
{
    public static JsonObject Of(ScanReport report)
    {
        var all = report.Shown.Select(f => (Finding: f, Reason: (string?)null)).Concat(report.Result.Suppressed.Select(s => (s.Finding, Reason: (string?)s.Reason))).ToArray();
        string[] ids = [.. all.Select(a => a.Finding.Id).Distinct(StringComparer.Ordinal)];
        var results = all.SelectMany(a => a.Finding.Packages.Select(p => (JsonNode)Result(a.Finding, p, a.Reason, Array.IndexOf(ids, a.Finding.Id))));
        return new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject
                    {
                        ["name"] = "strata",
                        ["version"] = ProductVersion.Text,
                        ["rules"] = new JsonArray([.. ids.Select(id => (JsonNode)Rule(Array.Find(all, a => a.Finding.Id == id).Finding))]),
                    },
                },
                ["invocations"] = new JsonArray(Invocation(report.Result)),
                ["results"] = new JsonArray([.. results]),
            }),
        };
    }

    /// <summary>Without data nothing was found because nothing was compared: the run did not succeed.</summary>
    private static JsonObject Invocation(ScanResult result) => new()
    {
        ["executionSuccessful"] = result.State == ScanState.Scanned,
        ["toolExecutionNotifications"] = new JsonArray(new JsonObject
        {
            ["level"] = result.State == ScanState.Scanned && result.WithoutData.Count == 0 ? "note" : "warning",
            ["message"] = new JsonObject { ["text"] = result.Explanation },
        }),
    };

    private static JsonObject Rule(Finding f)
    {
        var properties = new JsonObject { ["tags"] = new JsonArray("vulnerability", "security", ScanText.Of(f.Severity)) };
        if (f.Score is { } score) properties["security-severity"] = score.ToString("0.0", CultureInfo.InvariantCulture);
        var rule = new JsonObject
        {
            ["id"] = f.Id,
            ["shortDescription"] = new JsonObject { ["text"] = f.Summary ?? $"{f.Id} in {f.SourceName}" },
            ["properties"] = properties,
        };
        if (f.Details is { } details) rule["fullDescription"] = new JsonObject { ["text"] = details };
        if (f.References.Count > 0) rule["helpUri"] = f.References[0];
        return rule;
    }

    private static JsonObject Result(Finding f, Package package, string? reason, int rule)
    {
        var result = new JsonObject
        {
            ["ruleId"] = f.Id,
            ["ruleIndex"] = rule,
            ["level"] = f.Severity switch { >= Severity.High => "error", Severity.Medium => "warning", Severity.Unknown => "warning", _ => "note" },
            ["message"] = new JsonObject { ["text"] = $"{package.Name} {package.Version}: {f.Rule}" },
            ["locations"] = new JsonArray(new JsonObject
            {
                ["physicalLocation"] = new JsonObject { ["artifactLocation"] = new JsonObject { ["uri"] = Uri(package) }, ["region"] = new JsonObject { ["startLine"] = 1 } },
                ["logicalLocations"] = new JsonArray(new JsonObject { ["name"] = package.Name, ["fullyQualifiedName"] = package.Purl, ["kind"] = "module" }),
            }),
            ["partialFingerprints"] = new JsonObject { ["strata/v1"] = $"{f.Id}:{package.Purl}:{package.Location}" },
        };
        if (reason is not null) result["suppressions"] = new JsonArray(new JsonObject { ["kind"] = "external", ["justification"] = reason });
        return result;
    }

    /// <summary>Below the root of the image, so without a slash before it. A list of packages may not say where they lie.</summary>
    private static string Uri(Package package) =>
        string.Join('/', (package.Location.Length == 0 ? package.Name : package.Location).Split('/', StringSplitOptions.RemoveEmptyEntries).Select(System.Uri.EscapeDataString));
}
