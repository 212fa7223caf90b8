namespace Strata.Packages.Catalogers.Yaml;

/// <summary>A value of YAML: a text, a list or a map; a null is a text that is not there.</summary>
internal sealed record YamlNode
{
    public static YamlNode Null { get; } = new();

    public string? Text { get; init; }

    public IReadOnlyList<YamlNode> Items { get; init; } = [];

    /// <summary>In the order of the document.</summary>
    public IReadOnlyList<KeyValuePair<string, YamlNode>> Members { get; init; } = [];

    /// <summary>The member of a name; a null where there is none.</summary>
    public YamlNode At(string name)
    {
        foreach (var member in Members)
        {
            if (member.Key == name) return member.Value;
        }

        return Null;
    }
}
