namespace Strata.Packages.Catalogers.Java;

/// <summary>The main section of META-INF/MANIFEST.MF. JAR File Specification, "JAR Manifest".</summary>
internal sealed class Manifest
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null where it is missing, or is a placeholder that a build or a locale was to fill in.</summary>
    public string? this[string name] =>
        _fields.TryGetValue(name, out var value) && value.Length > 0 && value[0] is not ('%' or '$' or '@') && !value.Contains("${", StringComparison.Ordinal) ? value : null;

    public static Manifest Parse(string text)
    {
        var manifest = new Manifest();
        var field = "";
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.Length == 0 && (field.Length > 0 || manifest._fields.Count > 0)) break;
            if (line.StartsWith(' '))
            {
                field += line[1..];
                continue;
            }

            manifest.Add(field);
            field = line;
        }

        manifest.Add(field);
        return manifest;
    }

    private void Add(string field)
    {
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0) _fields.TryAdd(field[..colon].Trim(), field[(colon + 1)..].Trim());
    }
}
