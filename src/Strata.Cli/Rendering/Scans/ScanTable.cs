using System.Globalization;
using Strata.Vulnerabilities.Matching;
using Strata.Vulnerabilities.Support;

namespace Strata.Cli.Rendering.Scans;

/// <summary>The findings for a person at a terminal.</summary>
internal static class ScanTable
{
    public static void Write(Session session, ScanReport report)
    {
        var (result, shown) = (report.Result, report.Shown);
        if (result.State != ScanState.Scanned)
        {
            // Not a table without rows: that would read as "nothing found".
            Console.Out.WriteLine($"Not scanned: {result.Explanation}");
            return;
        }

        session.Output.List(shown, ScanJson.Of, ToTable, f => f.Id);
        if (session.Output.IsQuiet) return;
        Console.Error.WriteLine($"{Summary(result, shown)}; {result.Explanation}");
        if (SupportEnds.WhyEnded(result.Distribution, session.Clock.GetUtcNow()) is { } why) Console.Error.WriteLine($"{why}: what is found later stays");
        if (result.Suppressed.Count > 0) Console.Error.WriteLine($"{result.Suppressed.Count} more do not count; --output json says why");
    }

    private static string Summary(ScanResult result, IReadOnlyList<Finding> shown)
    {
        if (shown.Count == 0) return result.Findings.Count == 0 ? "No known vulnerabilities" : "No known vulnerabilities with a fix";
        var counts = shown.GroupBy(f => f.Severity).OrderByDescending(g => g.Key).Select(g => $"{g.Count()} {ScanText.Of(g.Key)}");
        return $"{shown.Count} known vulnerabilities ({string.Join(", ", counts)})";
    }

    private static TextTable ToTable(IReadOnlyCollection<Finding> findings)
    {
        var table = new TextTable("VULNERABILITY", "SEVERITY", "PACKAGE", "INSTALLED", "FIXED", "LAYER", "INSTRUCTION") { Flexible = 6 };
        foreach (var f in findings)
        {
            var origin = f.Packages[0].IntroducedBy;
            table.Add(f.Id, ScanText.Of(f.Severity), ScanText.Packages(f), f.Packages[0].Version, ScanText.Fix(f),
                origin?.Layer.ToString(CultureInfo.InvariantCulture) ?? "", origin?.Instruction ?? "");
        }

        return table;
    }
}
