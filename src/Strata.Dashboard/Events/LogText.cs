using System.Text;
using System.Text.RegularExpressions;
using Strata.Containers;
using Strata.Ui.Format;

namespace Strata.Dashboard.Events;

/// <summary>What a program wrote as text that can do nothing to a page: without a terminal's colours, and with no hidden characters.</summary>
internal static partial class LogText
{
    /// <summary>Lines that a page shows of a log at first.</summary>
    public const int Tail = 500;

    public static LogPiece Of(LogLine line)
    {
        var text = Encoding.UTF8.GetString(line.Content.Span);
        return new LogPiece(Of(text) + (text.EndsWith('\n') ? "\n" : ""), line.IsError);
    }

    /// <summary>A line, without its end.</summary>
    public static string Of(string line)
    {
        var text = Escapes().Replace(line, "").TrimEnd('\n', '\r');
        // A progress bar writes over its line again and again: its last word counts, as on a terminal.
        return Visible.Lines(text[(text.LastIndexOf('\r') + 1)..]);
    }

    // ECMA-48: control sequences, and the titles that programs give to terminals.
    [GeneratedRegex(@"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escapes();
}
