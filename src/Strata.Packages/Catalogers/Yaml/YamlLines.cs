namespace Strata.Packages.Catalogers.Yaml;

/// <summary>The lines of a document that say something, one after the other.</summary>
internal sealed class YamlLines(string text)
{
    private readonly string[] _lines = text.Split('\n');
    private int _at = -1;

    /// <summary>Spaces before the text; -1 at the end of the document.</summary>
    public int Indent { get; private set; } = -1;

    /// <summary>What follows the spaces, without blanks at its end.</summary>
    public string Text { get; private set; } = "";

    /// <summary>For a person: counted from 1.</summary>
    public int Number => _at + 1;

    public bool IsEnd => Indent < 0;

    /// <summary>Whether the line is an element of a list.</summary>
    public bool IsItem => Text == "-" || Text.StartsWith("- ", StringComparison.Ordinal);

    /// <summary>On to the next line with content.</summary>
    public void Next()
    {
        while (++_at < _lines.Length)
        {
            var line = _lines[_at].AsSpan().TrimEnd(" \t\r");
            var trimmed = line.TrimStart(' ');
            if (trimmed.IsEmpty || trimmed[0] == '#' || line is "---" or "..." || line[0] == '%') continue;
            Indent = line.Length - trimmed.Length;
            Text = trimmed.ToString();
            return;
        }

        Indent = -1;
        Text = "";
    }

    /// <summary>What is left of this line stands for a line of its own, further in.</summary>
    public void StepIn(int characters)
    {
        var rest = Text.AsSpan(characters);
        var trimmed = rest.TrimStart(' ');
        Indent += characters + rest.Length - trimmed.Length;
        Text = trimmed.ToString();
    }
}
