using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Strata.Packages.Catalogers.Java;

/// <summary>
/// The dependencies that a pom.xml names with a version which it says itself, outright, by a property or in its dependencyManagement. What it
/// has from a parent that is elsewhere is not known. maven.apache.org/pom.html.
/// </summary>
internal sealed partial class MavenProject
{
    /// <summary>A property may be made of others.</summary>
    private const int MostSteps = 16;
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
    private readonly Dictionary<string, string> _properties = new(StringComparer.Ordinal);

    private MavenProject(XElement project)
    {
        foreach (var property in Child(project, "properties")?.Elements() ?? []) _properties[property.Name.LocalName] = property.Value.Trim();
        foreach (var key in (string[])["groupId", "artifactId", "version"])
        {
            var ofParent = Text(Child(project, "parent"), key);
            if (ofParent.Length > 0) _properties["project.parent." + key] = ofParent;
            var own = Text(project, key);
            var value = own.Length > 0 ? own : ofParent;
            // The last two are older spellings of the first.
            foreach (var prefix in (string[])["project.", "pom.", ""])
                if (value.Length > 0) _properties[prefix + key] = value;
        }
    }

    public static void Read(DocumentText document, PackageList found)
    {
        using var stream = document.OpenRead();
        using var xml = XmlReader.Create(stream, Settings);
        if (XDocument.Load(xml).Root is not { Name.LocalName: "project" } project) return;
        var reader = new MavenProject(project);
        var managed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, version) in reader.Dependencies(Child(project, "dependencyManagement"))) managed.TryAdd(name, version);
        foreach (var (name, version) in reader.Dependencies(project))
        {
            var known = version.Length > 0 ? version : managed.GetValueOrDefault(name) ?? "";
            // A range, or what only a parent knows, is no version.
            if (known.Length > 0 && known.AsSpan().IndexOfAny("$[(,") < 0) found.Add("maven", name, known);
        }
    }

    private IEnumerable<(string Name, string Version)> Dependencies(XElement? parent)
    {
        foreach (var dependency in Child(parent, "dependencies")?.Elements() ?? [])
        {
            var (group, artifact) = (Resolve(Text(dependency, "groupId")), Resolve(Text(dependency, "artifactId")));
            if (group.Length > 0 && artifact.Length > 0 && !group.Contains('$') && !artifact.Contains('$')) yield return ($"{group}:{artifact}", Resolve(Text(dependency, "version")));
        }
    }

    private string Resolve(string text)
    {
        for (var step = 0; step < MostSteps && text.Contains("${", StringComparison.Ordinal) && text.Length <= PackageList.LongestField; step++)
        {
            var resolved = Property().Replace(text, m => _properties.GetValueOrDefault(m.Groups["name"].Value) ?? m.Value);
            if (resolved == text) break;
            text = resolved;
        }

        return text;
    }

    private static XElement? Child(XElement? parent, string name) => parent?.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    private static string Text(XElement? parent, string name) => Child(parent, name)?.Value.Trim() ?? "";

    [GeneratedRegex(@"\$\{(?<name>[^${}]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Property();
}
