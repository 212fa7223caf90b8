using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Strata.Packages;
using Strata.Vulnerabilities;
using Strata.Vulnerabilities.Matching;

namespace Strata.Cli.Rendering.Scans;

/// <summary>
/// SARIF 2.1.0 (OASIS): a rule for each vulnerability, a result for each package that has it; what does not count is suppressed. With what
/// GitHub's code scanning asks for besides: a help text and a security severity of each rule, and fingerprints by which a result stays the same one.
/// </summary>
internal static class Sarif
{
    /// <summary>GitHub shows no more of a description.</summary>
    private const int LongestText = 1024;

    public static JsonObject Of(ScanReport report)
    {
        var all = report.Shown.Select(f => (Finding: f, Reason: (string?)null)).Concat(report.Result.Suppressed.Select(s => (s.Finding, Reason: (string?)s.Reason))).ToArray();
        // One vulnerability of two source packages is one rule; the worst of them speaks.
        Finding[] rules = [.. all.Select(a => a.Finding).GroupBy(f => f.Id, StringComparer.Ordinal).Select(g => g.MaxBy(f => f.Severity)!)];
        var numbers = rules.Select((f, i) => (f.Id, i)).ToDictionary(r => r.Id, r => r.i, StringComparer.Ordinal);
        var results = all.SelectMany(a => a.Finding.Packages.Select(p => (JsonNode)Result(a.Finding, p, a.Reason, numbers[a.Finding.Id])));
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
                        ["fullName"] = "Strata, vulnerabilities of container images",
                        ["version"] = ProductVersion.Text,
                        ["rules"] = new JsonArray([.. rules.Select(f => (JsonNode)Rule(f))]),
                    },
                },
                // Two images that are scanned for one repository are two analyses, and none closes the alerts of the other.
                ["automationDetails"] = new JsonObject { ["id"] = $"strata/{report.Subject}/" },
                ["columnKind"] = "utf16CodeUnits",
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
        var rule = new JsonObject
        {
            ["id"] = f.Id,
            ["name"] = "Vulnerability",
            ["shortDescription"] = Text(f.Summary ?? $"{f.Id} in {f.SourceName}"),
            ["fullDescription"] = Text(f.Details ?? f.Summary ?? $"{f.Id} in {f.SourceName}"),
            ["help"] = new JsonObject { ["text"] = Help(f, "", ""), ["markdown"] = Help(f, "**", "`") },
            ["defaultConfiguration"] = new JsonObject { ["level"] = Level(f.Severity) },
            ["properties"] = new JsonObject
            {
                ["tags"] = new JsonArray("vulnerability", "security", ScanText.Of(f.Severity)),
                ["precision"] = "very-high",
                ["security-severity"] = SecuritySeverity(f),
            },
        };
        if (f.References.FirstOrDefault(r => System.Uri.IsWellFormedUriString(r, UriKind.Absolute)) is { } reference) rule["helpUri"] = reference;
        return rule;
    }

    private static JsonObject Text(string text) => new() { ["text"] = text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…" };

    private static string Help(Finding f, string strong, string code)
    {
        var lines = new List<string>
        {
            $"{strong}{f.Id}{strong} ({ScanText.Of(f.Severity)}) in {code}{f.SourceName} {f.SourceVersion}{code}",
            f.FixedVersion is { } fix ? $"Fixed in {code}{fix}{code}" : $"Fix: {ScanText.State(f.FixState)}",
            $"Why: {f.Rule}",
            $"Record: {f.RecordId} of {f.Database} ({f.Ecosystem})",
        };
        if (f.Vector is { } vector) lines.Add($"CVSS: {f.Score?.ToString("0.0", CultureInfo.InvariantCulture)} {code}{vector}{code}");
        if (f.ExploitedSince is not null) lines.Add("Known to be exploited (CISA KEV)");
        if (f.Aliases.Count > 0) lines.Add($"Other names: {string.Join(", ", f.Aliases)}");
        lines.AddRange(f.References.Take(5));
        return string.Join("\n\n", lines);
    }

    /// <summary>GitHub makes its word from the number: a score that says another than the severity does gives way to one that says the same.</summary>
    private static string SecuritySeverity(Finding f)
    {
        var (low, high) = f.Severity switch
        {
            Severity.Critical => (9.0, 10.0),
            Severity.High => (7.0, 8.9),
            Severity.Medium => (4.0, 6.9),
            Severity.Low => (0.1, 3.9),
            Severity.Negligible => (0.0, 0.0),
            _ => (0.0, 10.0),
        };
        return (f.Score is { } score ? Math.Clamp(score, low, high) : f.Severity == Severity.Unknown ? 0.0 : low).ToString("0.0", CultureInfo.InvariantCulture);
    }

    private static string Level(Severity severity) => severity switch
    {
        >= Severity.High => "error",
        Severity.Medium or Severity.Unknown => "warning",
        _ => "note",
    };

    private static JsonObject Result(Finding f, Package package, string? reason, int rule)
    {
        var result = new JsonObject
        {
            ["ruleId"] = f.Id,
            ["ruleIndex"] = rule,
            ["level"] = Level(f.Severity),
            ["message"] = new JsonObject { ["text"] = $"{package.Name} {package.Version}: {f.Rule}" },
            ["locations"] = new JsonArray(new JsonObject
            {
                ["physicalLocation"] = new JsonObject { ["artifactLocation"] = new JsonObject { ["uri"] = Uri(package) }, ["region"] = new JsonObject { ["startLine"] = 1 } },
                ["logicalLocations"] = new JsonArray(new JsonObject { ["name"] = package.Name, ["fullyQualifiedName"] = package.Purl, ["kind"] = "module" }),
            }),
            ["partialFingerprints"] = new JsonObject
            {
                ["strata/v1"] = $"{f.Id}:{package.Purl}:{package.Location}",
                // The one that GitHub knows. A new version of the package has the same hole, so the version is no part of it.
                ["primaryLocationLineHash"] = Hash($"{f.Id}\n{package.Type}\n{package.Name}\n{package.Location}") + ":1",
            },
        };
        if (reason is not null) result["suppressions"] = new JsonArray(new JsonObject { ["kind"] = "external", ["justification"] = reason });
        return result;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    /// <summary>Below the root of the image, so without a slash before it. A list of packages may not say where they lie.</summary>
    private static string Uri(Package package) =>
        string.Join('/', (package.Location.Length == 0 ? package.Name : package.Location).Split('/', StringSplitOptions.RemoveEmptyEntries).Select(System.Uri.EscapeDataString));
}
