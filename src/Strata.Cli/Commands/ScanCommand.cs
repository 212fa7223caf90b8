using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Completion;
using Strata.Cli.Rendering;
using Strata.Vulnerabilities;
using Strata.Vulnerabilities.Matching;

namespace Strata.Cli.Commands;

internal static class ScanCommand
{
    public static Command Create()
    {
        var what = new Argument<string>("REF") { Description = "An image, or dir:PATH for a plain folder" }.OfImages();
        var failOn = new Option<Severity?>("--fail-on") { Description = "Exit with 3 if anything is found that is at least so severe: low, medium, high, critical", HelpName = "SEVERITY" };
        var onlyFixed = new Option<bool>("--only-fixed") { Description = "Only what a newer version of the package fixes" };
        var output = new Option<string>("--output") { Description = "table or json", DefaultValueFactory = _ => "table" }.AcceptOnlyFromAmong("table", "json");
        var platform = Arguments.PlatformOption();
        return new Command("scan", "Find known vulnerabilities in an image, offline") { what, failOn, onlyFixed, output, platform }.Does(async (parsed, session, cancellationToken) =>
        {
            var packages = await PackageSource.ReadAsync(session, parsed.GetRequiredValue(what), Arguments.ToPlatform(parsed.GetValue(platform)), cancellationToken).ConfigureAwait(false);
            PackageSource.Warn(packages);
            var result = session.Scanner.Scan(session.AdvisoryDatabase, packages, cancellationToken);
            var shown = result.Findings.Where(f => f.FixedVersion is not null || !parsed.GetValue(onlyFixed)).ToArray();
            if (parsed.GetValue(output) == "json" || session.Output.IsJson) Output.Json(ToJson(result, shown));
            else Write(session, result, shown);
            return Gate(result, shown, parsed.GetValue(failOn));
        });
    }

    /// <summary>A gate that was asked for is not met either when there is no data to say so.</summary>
    private static int Gate(ScanResult result, Finding[] shown, Severity? failOn)
    {
        if (failOn is not { } least) return ExitCode.Done;
        if (result.State != ScanState.Scanned)
        {
            Console.Error.WriteLine("strata: --fail-on cannot be answered without data");
            return ExitCode.GateNotMet;
        }
        var worst = shown.Count(f => f.Severity >= least);
        if (worst == 0) return ExitCode.Done;
        Console.Error.WriteLine($"strata: {worst} of severity {least.ToString().ToLowerInvariant()} or higher");
        return ExitCode.GateNotMet;
    }

    private static void Write(Session session, ScanResult result, Finding[] shown)
    {
        if (result.State != ScanState.Scanned)
        {
            // Not a table without rows: that would read as "nothing found".
            Console.Out.WriteLine($"Not scanned: {result.Explanation}");
            return;
        }
        session.Output.List(shown, FindingJson, ToTable, f => f.Id);
        if (session.Output.IsQuiet) return;
        Console.Error.WriteLine($"{Summary(result, shown)}; {result.Explanation}");
    }

    private static string Summary(ScanResult result, Finding[] shown)
    {
        if (shown.Length == 0) return result.Findings.Count == 0 ? "No known vulnerabilities" : "No known vulnerabilities with a fix";
        var counts = shown.GroupBy(f => f.Severity).OrderByDescending(g => g.Key).Select(g => $"{g.Count()} {g.Key.ToString().ToLowerInvariant()}");
        return $"{shown.Length} known vulnerabilities ({string.Join(", ", counts)})";
    }

    private static TextTable ToTable(IReadOnlyCollection<Finding> findings)
    {
        var table = new TextTable("VULNERABILITY", "SEVERITY", "PACKAGE", "INSTALLED", "FIXED", "LAYER", "INSTRUCTION") { Flexible = 6 };
        foreach (var f in findings)
        {
            var origin = f.Packages[0].IntroducedBy;
            var names = f.Packages.Count == 1 ? f.Packages[0].Name : $"{f.Packages[0].Name} (+{f.Packages.Count - 1} of {f.SourceName})";
            table.Add(f.Id, f.Severity.ToString().ToLowerInvariant(), names, f.Packages[0].Version, f.FixedVersion ?? "",
                origin?.Layer.ToString(CultureInfo.InvariantCulture) ?? "", origin?.Instruction ?? "");
        }
        return table;
    }

    private static JsonObject ToJson(ScanResult result, Finding[] shown) => new()
    {
        ["state"] = result.State switch
        {
            ScanState.NoDatabase => "no-database",
            ScanState.NoDataForDistribution => "no-data-for-distribution",
            _ => "scanned",
        },
        ["explanation"] = result.Explanation,
        ["distribution"] = result.Distribution is null ? null : $"{result.Distribution.Id}:{result.Distribution.VersionId}",
        ["dataUpdated"] = result.Updated?.ToString("O", CultureInfo.InvariantCulture),
        ["dataNewest"] = result.DataDate?.ToString("O", CultureInfo.InvariantCulture),
        ["packagesChecked"] = result.PackagesChecked,
        ["counts"] = new JsonObject(Enum.GetValues<Severity>().Order().Select(s =>
            KeyValuePair.Create(s.ToString().ToLowerInvariant(), (JsonNode?)shown.Count(f => f.Severity == s)))),
        ["findings"] = new JsonArray([.. shown.Select(FindingJson)]),
    };

    private static JsonObject FindingJson(Finding f) => new()
    {
        ["id"] = f.Id,
        ["aliases"] = new JsonArray([.. f.Aliases.Select(a => (JsonNode)a)]),
        ["severity"] = f.Severity.ToString().ToLowerInvariant(),
        ["score"] = f.Score,
        ["vector"] = f.Vector,
        ["source"] = f.SourceName,
        ["sourceVersion"] = f.SourceVersion,
        ["fixedVersion"] = f.FixedVersion,
        ["summary"] = f.Summary,
        ["published"] = f.Published?.ToString("O", CultureInfo.InvariantCulture),
        ["record"] = f.RecordId,
        ["database"] = f.Database,
        ["ecosystem"] = f.Ecosystem,
        ["rule"] = f.Rule,
        ["references"] = new JsonArray([.. f.References.Select(r => (JsonNode)r)]),
        ["packages"] = new JsonArray([.. f.Packages.Select(PackagesCommand.ToJson)]),
    };
}
