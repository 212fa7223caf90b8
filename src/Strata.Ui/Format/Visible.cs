using System.Globalization;
using System.Text;

namespace Strata.Ui.Format;

/// <summary>
/// Text from an image or a registry as a page may show it. Control characters and the marks that turn the reading direction can make a
/// label look like something else; they are shown as escapes instead.
/// </summary>
public static class Visible
{
    public static string Text(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var first = FirstHidden(text);
        if (first < 0) return text;
        var shown = new StringBuilder(text, 0, first, text.Length + 16);
        for (var i = first; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                shown.Append(text, i++, 2);
            }
            else if (!IsHidden(text[i]))
            {
                shown.Append(text[i]);
            }
            else
            {
                shown.Append(text[i] switch
                {
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    var c => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                });
            }
        }
        return shown.ToString();
    }

    /// <summary>The same, but lines stay lines: for what is shown in a block.</summary>
    public static string Lines(string? text) =>
        string.Join('\n', (text ?? "").ReplaceLineEndings("\n").Split('\n').Select(line => Text(line.Replace("\t", "    ", StringComparison.Ordinal))));

    private static int FirstHidden(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i)) i++;
            else if (IsHidden(text[i])) return i;
        }
        return -1;
    }

    private static bool IsHidden(char c) => char.IsControl(c) || char.IsSurrogate(c)
        || c is '\u061C' or '\uFEFF' or (>= '\u200B' and <= '\u200F') or (>= '\u2028' and <= '\u202E') or (>= '\u2060' and <= '\u206F');
}
