using System.Text;

namespace Strata.Packages.Catalogers.Yaml;

/// <summary>Reads what stands on one line: texts, and maps and lists in brackets.</summary>
internal sealed class YamlFlow
{
    private readonly string _text;
    private int _at;
    private int _depth;

    private YamlFlow(string text) => _text = text;

    public static YamlNode Read(string text) => text[0] is '{' or '[' ? new YamlFlow(text).Value() : new YamlNode { Text = IsNull(text) ? null : Text(text) };

    /// <summary>A text without its quotes and the comment behind it.</summary>
    public static string Text(string text)
    {
        if (text.Length > 0 && text[0] is '"' or '\'')
        {
            var end = EndOfQuote(text, 0);
            if (end < 0) throw new InvalidDataException("a quote is not closed");
            return text[0] == '"' ? Unescaped(text.AsSpan(1, end - 1)) : text[1..end].Replace("''", "'", StringComparison.Ordinal);
        }

        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? text : text[..comment].TrimEnd();
    }

    /// <summary>Where the quote that begins at a place ends; -1 where it does not.</summary>
    public static int EndOfQuote(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[start] == '"' && text[i] == '\\') i++;
            else if (text[i] == text[start] && text[start] == '\'' && i + 1 < text.Length && text[i + 1] == '\'') i++;
            else if (text[i] == text[start]) return i;
        }

        return -1;
    }

    private static bool IsNull(string text) => text is "null" or "~";

    private static string Unescaped(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\')) return text.ToString();
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            plain.Append(text[i]);
        }

        return plain.ToString();
    }

    private YamlNode Value()
    {
        if (++_depth > YamlReader.Deepest) throw new InvalidDataException($"brackets are more than {YamlReader.Deepest} levels deep");
        Blanks();
        var node = Peek() switch { '{' => Map(), '[' => List(), _ => Leaf() };
        _depth--;
        return node;
    }

    private YamlNode Leaf() => Word() is var word && IsNull(word) ? YamlNode.Null : new YamlNode { Text = Text(word) };

    private YamlNode List()
    {
        var items = new List<YamlNode>();
        while (!Closes(']')) items.Add(Value());
        return new YamlNode { Items = items };
    }

    private YamlNode Map()
    {
        var members = new List<KeyValuePair<string, YamlNode>>();
        while (!Closes('}'))
        {
            var key = Text(Word());
            Blanks();
            if (Peek() != ':')
            {
                members.Add(new(key, YamlNode.Null));
                continue;
            }
            _at++;
            members.Add(new(key, Value()));
        }

        return new YamlNode { Members = members };
    }

    /// <summary>Past the opening bracket or the comma; true when the closing bracket follows.</summary>
    private bool Closes(char bracket)
    {
        Blanks();
        if (Peek() is ',' or '[' or '{' && _at++ >= 0) Blanks();
        if (Peek() == '\0') throw new InvalidDataException("a bracket is not closed");
        if (Peek() != bracket) return false;
        _at++;
        return true;
    }

    private string Word()
    {
        var start = _at;
        if (Peek() is '"' or '\'')
        {
            var end = EndOfQuote(_text, _at);
            _at = end < 0 ? throw new InvalidDataException("a quote is not closed") : end + 1;
            return _text[start.._at];
        }

        while (_at < _text.Length && _text[_at] is not (',' or ']' or '}' or '{' or '[') && !(_text[_at] == ':' && (_at + 1 == _text.Length || _text[_at + 1] is ' ' or ','))) _at++;
        return _at > start ? _text[start.._at].Trim() : throw new InvalidDataException("brackets hold what is no value");
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private void Blanks()
    {
        while (Peek() is ' ' or '\t') _at++;
    }
}
