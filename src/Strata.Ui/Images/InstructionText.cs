using System.Text.RegularExpressions;
using Strata.Ui.Format;

namespace Strata.Ui.Images;

/// <summary>The instruction of a layer where there is little room.</summary>
public static partial class InstructionText
{
    /// <summary>On one line, with long hashes cut: <c>ADD file:5d68d27cc15a… in /</c>.</summary>
    public static string OneLine(string instruction) =>
        Visible.Text(LongHash().Replace(Blanks().Replace(instruction, " ").Trim(), "${start}…"));

    [GeneratedRegex("(?<start>[0-9a-f]{12})[0-9a-f]{20,}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LongHash();

    [GeneratedRegex("[ \\t\\r\\n]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
