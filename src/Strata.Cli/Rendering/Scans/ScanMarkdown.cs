using System.Text;
using Strata.Vulnerabilities.Matching;

namespace Strata.Cli.Rendering.Scans;

/// <summary>The findings as a table of Markdown, for a comment on a change.</summary>
internal static class ScanMarkdown
{
    public static string Of(ScanReport report)
    {
        var text = new StringBuilder("# Vulnerabilities of ").Append(Cell(report.Subject)).Append("\n\n");
        if (report.Result.State != ScanState.Scanned) return text.Append("Not scanned: ").Append(report.Result.Explanation).Append('\n').ToString();
        if (report.Shown.Count == 0) text.Append("No known vulnerabilities.\n\n");
        else Table(text, report.Shown);
        text.Append(report.Result.Explanation).Append('\n');
        if (report.Result.Suppressed.Count == 0) return text.ToString();
        text.Append("\n| does not count | package | why |\n|---|---|---|\n");
        foreach (var s in report.Result.Suppressed)
            text.Append("| ").Append(Cell(s.Finding.Id)).Append(" | ").Append(Cell(ScanText.Packages(s.Finding))).Append(" | ").Append(Cell($"{s.Reason} ({s.By})")).Append(" |\n");
        return text.ToString();
    }

    private static void Table(StringBuilder text, IReadOnlyList<Finding> findings)
    {
        text.Append("| vulnerability | severity | package | installed | fixed |\n|---|---|---|---|---|\n");
        foreach (var f in findings)
        {
            text.Append("| ").AppendJoin(" | ", Cell(f.Id), ScanText.Of(f.Severity), Cell(ScanText.Packages(f)), Cell(f.Packages[0].Version), Cell(ScanText.Fix(f))).Append(" |\n");
        }

        text.Append('\n');
    }

    /// <summary>What others wrote is text in a cell, and nothing else.</summary>
    private static string Cell(string value)
    {
        var cell = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            if (c is '|' or '\\' or '`' or '*' or '_' or '<' or '>' or '[' or ']' or '#') cell.Append('\\');
            cell.Append(c is '\r' or '\n' ? ' ' : c);
        }

        return cell.ToString();
    }
}
