using Strata.Packages.Catalogers.Yaml;

namespace Strata.Packages.Catalogers.Npm;

/// <summary>yarn.lock: a form of its own in yarn 1, YAML from yarn 2 on.</summary>
internal static class YarnLock
{
    private static readonly char[] Quotes = ['"', '\''];

    public static void Read(DocumentText document, PackageList found)
    {
        if (document.Bytes.Span.IndexOf("__metadata:"u8) >= 0) ReadYaml(document, found);
        else ReadLines(document, found);
    }

    /// <summary>An entry is a line of what is asked for, not indented, and below it the version that was chosen.</summary>
    private static void ReadLines(DocumentText document, PackageList found)
    {
        string? asked = null;
        foreach (var line in document.Lines)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] != ' ') asked = line.TrimEnd(':').Split(',')[0].Trim().Trim(Quotes);
            else if (asked is not null && line.StartsWith("  version ", StringComparison.Ordinal)) found.Add("npm", NameOf(asked), line["  version ".Length..].Trim().Trim(Quotes));
        }
    }

    private static void ReadYaml(DocumentText document, PackageList found)
    {
        foreach (var (key, entry) in YamlReader.Read(document.Text).Members)
        {
            // Folders of the project are linked softly, and have no version of their own.
            if (key == "__metadata" || entry.At("linkType").Text == "soft") continue;
            var (name, from) = NpmName.Split(entry.At("resolution").Text ?? key);
            if (!from.StartsWith("workspace:", StringComparison.Ordinal)) found.Add("npm", name, entry.At("version").Text);
        }
    }

    private static string NameOf(string asked)
    {
        var (name, range) = NpmName.Split(asked);
        return NpmAlias.Of(range)?.Name ?? name;
    }
}
