using System.Globalization;
using System.Text;

namespace Strata.Build.Dockerfiles;

/// <summary>The text of a Dockerfile, with its name: for messages that show the line and point at the word.</summary>
internal sealed class SourceFile
{
    /// <summary>The longest line that docker reads, too.</summary>
    public const int MaxLine = 64 * 1024 - 1;

    private const int MaxShown = 160;

    public SourceFile(string name, string text)
    {
        Name = name;
        Lines = Split(text.TrimStart('\uFEFF'));
    }

    public SourceFile(string name, ReadOnlySpan<byte> bytes) : this(name, Encoding.UTF8.GetString(bytes))
    {
    }

    public string Name { get; }

    /// <summary>Each with its ending.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>A fault in the lines <paramref name="from"/> to <paramref name="to"/>, counted from 1.</summary>
    /// <param name="word">What is at fault, as it stands there; the whole line without.</param>
    public DockerfileException Fault(string what, int from, int to, string? word = null, string? advice = null, Exception? inner = null)
    {
        var line = Math.Clamp(from, 1, Math.Max(1, Lines.Count));
        var column = -1;
        if (!string.IsNullOrEmpty(word))
        {
            for (var i = line; i <= Math.Min(to, Lines.Count) && column < 0; i++)
                if ((column = Lines[i - 1].IndexOf(word, StringComparison.Ordinal)) >= 0) line = i;
        }
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{Name}:{line}: {what}"));
        if (line <= Lines.Count) Show(text, line, column, word?.Length ?? 0);
        return new DockerfileException(text.ToString(), line, advice, inner);
    }

    private void Show(StringBuilder text, int line, int column, int length)
    {
        var shown = Lines[line - 1].TrimEnd('\r', '\n').Replace('\t', ' ');
        var begin = shown.Length - shown.TrimStart().Length;
        if (column < 0) (column, length) = (begin, shown.TrimEnd().Length - begin);
        if (shown.Length > MaxShown) shown = shown[..MaxShown] + "...";
        if (column >= shown.Length) return;
        var number = line.ToString(CultureInfo.InvariantCulture).PadLeft(4);
        text.Append('\n').Append(number).Append(" | ").Append(shown);
        text.Append('\n').Append(' ', number.Length).Append(" | ").Append(' ', column).Append('^', Math.Clamp(length, 1, shown.Length - column));
    }

    private static List<string> Split(string text)
    {
        var lines = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[at..end]);
            at = end;
        }
        return lines;
    }
}
