using System.Text;

namespace Strata.Packages.Catalogers.Toml;

/// <summary>
/// Of a TOML document, the tables of one array, and of these the members that are strings: what lock files tell of a package. What is not such
/// a member is passed over, whatever it is.
/// </summary>
internal static class TomlTables
{
    private static readonly string[] LongQuotes = ["\"\"\"", "'''"];

    /// <param name="lines">The document.</param>
    /// <param name="name">Of the array: <c>package</c> for <c>[[package]]</c>.</param>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(IEnumerable<string> lines, string name)
    {
        Dictionary<string, string>? table = null;
        string? openQuote = null;
        foreach (var line in lines)
        {
            if (openQuote is not null)
            {
                if (line.Contains(openQuote, StringComparison.Ordinal)) openQuote = null;
                continue;
            }

            if (line.StartsWith('['))
            {
                if (table is not null) yield return table;
                table = IsHeader(line, name) ? new Dictionary<string, string>(StringComparer.Ordinal) : null;
                continue;
            }

            openQuote = OpenQuote(line);
            // A member of a table is not indented; what is inside an array of several lines is.
            if (openQuote is null && table is not null && Member(line) is { } member) table.TryAdd(member.Key, member.Value);
        }

        if (table is not null) yield return table;
    }

    private static bool IsHeader(ReadOnlySpan<char> text, string name)
    {
        var end = text.IndexOf("]]");
        return text.StartsWith("[[") && end > 0 && text[2..end].Trim().SequenceEqual(name);
    }

    /// <summary>The quotes of a text that goes on in the next line.</summary>
    private static string? OpenQuote(string line)
    {
        foreach (var quote in LongQuotes)
        {
            var start = line.IndexOf(quote, StringComparison.Ordinal);
            if (start >= 0 && line.IndexOf(quote, start + quote.Length, StringComparison.Ordinal) < 0) return quote;
        }

        return null;
    }

    private static KeyValuePair<string, string>? Member(string line)
    {
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1 || char.IsWhiteSpace(line[0])) return null;
        var value = line.AsSpan(equals + 1).Trim();
        if (value.IsEmpty || value[0] is not ('"' or '\'')) return null;
        var end = EndOf(value);
        if (end < 0) return null;
        var text = value[1..end].ToString();
        return new(line[..equals].Trim().Trim('"'), value[0] == '"' ? Unescaped(text) : text);
    }

    private static int EndOf(ReadOnlySpan<char> value)
    {
        for (var i = 1; i < value.Length; i++)
        {
            if (value[0] == '"' && value[i] == '\\') i++;
            else if (value[i] == value[0]) return i;
        }

        return -1;
    }

    private static string Unescaped(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            plain.Append(text[i]);
        }

        return plain.ToString();
    }
}
