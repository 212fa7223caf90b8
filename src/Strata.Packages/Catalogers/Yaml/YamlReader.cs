using System.Globalization;

namespace Strata.Packages.Catalogers.Yaml;

/// <summary>
/// Reads YAML as lock files have it: maps and lists by indentation or in brackets, plain and quoted texts, long keys behind a question mark.
/// The text of block scalars is passed over, anchors and tags are not known.
/// </summary>
internal sealed class YamlReader
{
    /// <summary>Maps and lists inside each other.</summary>
    internal const int Deepest = 64;

    private readonly YamlLines _lines;
    private int _depth;

    private YamlReader(string text)
    {
        _lines = new YamlLines(text);
        _lines.Next();
    }

    /// <exception cref="InvalidDataException">It is no YAML, or not such as lock files have; with the line.</exception>
    public static YamlNode Read(string text)
    {
        var reader = new YamlReader(text);
        var root = reader._lines.IsEnd ? YamlNode.Null : reader.Block(reader._lines.Indent);
        return reader._lines.IsEnd ? root : throw reader.Bad("does not belong to what is before it");
    }

    private YamlNode Block(int indent)
    {
        if (++_depth > Deepest) throw Bad($"is more than {Deepest} levels deep");
        var node = _lines.IsItem ? List(indent) : YamlKey.Of(_lines.Text) is not null || IsLongKey ? Map(indent) : Scalar(_lines.Text, indent - 1);
        _depth--;
        return node;
    }

    private bool IsLongKey => _lines.Text.StartsWith("? ", StringComparison.Ordinal);

    private YamlNode List(int indent)
    {
        var items = new List<YamlNode>();
        while (_lines.Indent == indent && _lines.IsItem)
        {
            if (_lines.Text == "-")
            {
                _lines.Next();
                items.Add(_lines.Indent > indent ? Block(_lines.Indent) : YamlNode.Null);
            }
            else
            {
                _lines.StepIn(1);
                items.Add(Block(_lines.Indent));
            }
        }

        return new YamlNode { Items = items };
    }

    private YamlNode Map(int indent)
    {
        var members = new List<KeyValuePair<string, YamlNode>>();
        while (_lines.Indent == indent && !_lines.IsItem)
        {
            if (IsLongKey)
            {
                var key = YamlFlow.Text(_lines.Text[2..].Trim());
                _lines.Next();
                if (_lines.Indent != indent || !_lines.Text.StartsWith(':')) throw Bad("should be the value of a long key");
                members.Add(new(key, Value(_lines.Text[1..].Trim(), indent)));
            }
            else
            {
                if (YamlKey.Of(_lines.Text) is not { } key) throw Bad("has no key");
                members.Add(new(key.Name, Value(key.Rest, indent)));
            }
        }

        return new YamlNode { Members = members };
    }

    /// <summary>What stands behind a colon, or below it. A list may begin as far out as its key.</summary>
    private YamlNode Value(string rest, int indent)
    {
        if (rest.Length > 0 && rest[0] != '#') return Scalar(rest, indent);
        _lines.Next();
        return _lines.Indent > indent || _lines.Indent == indent && _lines.IsItem ? Block(_lines.Indent) : YamlNode.Null;
    }

    /// <param name="text">Its first line.</param>
    /// <param name="indent">What is further in than this goes on with it.</param>
    private YamlNode Scalar(string text, int indent)
    {
        _lines.Next();
        var isBlock = text[0] is '|' or '>';
        var more = new List<string> { text };
        while (_lines.Indent > indent)
        {
            if (!isBlock) more.Add(_lines.Text);
            _lines.Next();
        }

        // A bracket that closes a flow may stand as far out as its key.
        while (text[0] is '{' or '[' && !_lines.IsEnd && _lines.Indent == indent && _lines.Text[0] is '}' or ']')
        {
            more.Add(_lines.Text);
            _lines.Next();
        }

        return isBlock ? new YamlNode { Text = "" } : YamlFlow.Read(string.Join(' ', more));
    }

    private InvalidDataException Bad(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"line {_lines.Number} {what}"));
}
