using System.Text;

namespace Strata.Cli.Rendering;

/// <summary>
/// Columns of text, three spaces apart, as docker lays them out: the same whether on a terminal or in a pipe. On a terminal the widest column
/// that may be cut is cut so that a row stays one line.
/// </summary>
internal sealed class TextTable(params string[] headers)
{
    private const string Gap = "   ";
    private readonly List<string[]> _rows = [];

    /// <summary>The column that gives way on a narrow terminal; -1 for none.</summary>
    public int Flexible { get; init; } = -1;

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(Terminal.Clean)]);

    /// <param name="width">The terminal's columns; null in a pipe, where nothing is cut.</param>
    public string Render(int? width)
    {
        var widths = headers.Select((h, i) => Math.Max(h.Length, _rows.Select(r => r[i].Length).DefaultIfEmpty().Max())).ToArray();
        if (width is { } columns && Flexible >= 0)
        {
            var others = widths.Where((_, i) => i != Flexible).Sum() + Gap.Length * (widths.Length - 1);
            widths[Flexible] = Math.Min(widths[Flexible], Math.Max(Math.Max(headers[Flexible].Length, 12), columns - others));
        }
        var text = new StringBuilder();
        Line(text, headers, widths);
        foreach (var row in _rows) Line(text, row, widths);
        return text.ToString();
    }

    private static void Line(StringBuilder text, string[] cells, int[] widths)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = cells[i].Length > widths[i] ? cells[i][..(widths[i] - 1)] + "…" : cells[i];
            text.Append(i == cells.Length - 1 ? cell : cell.PadRight(widths[i]) + Gap);
        }
        while (text.Length > 0 && text[^1] == ' ') text.Length--;
        text.Append('\n');
    }
}
