using System.Runtime.InteropServices;

namespace Strata.Packages.Catalogers.Yaml;

/// <summary>The key at the beginning of a line, and what follows its colon.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct YamlKey(string Name, string Rest)
{
    /// <summary>Null for a line without a key.</summary>
    public static YamlKey? Of(string line)
    {
        if (line[0] is '"' or '\'')
        {
            var end = YamlFlow.EndOfQuote(line, 0);
            if (end < 0 || end + 1 >= line.Length || line[end + 1] != ':') return null;
            return new YamlKey(YamlFlow.Text(line[..(end + 1)]), line[(end + 2)..].Trim());
        }

        if (line[0] is '{' or '[' or '#') return null;
        var colon = line.EndsWith(':') ? line.IndexOf(": ", StringComparison.Ordinal) is var at and >= 0 ? at : line.Length - 1 : line.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? null : new YamlKey(line[..colon].TrimEnd(), line[(colon + 1)..].Trim());
    }
}
