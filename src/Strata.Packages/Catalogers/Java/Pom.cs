using System.Xml;

namespace Strata.Packages.Catalogers.Java;

/// <summary>pom.xml, for archives whose pom.properties is missing. maven.apache.org/pom.html, "Maven Coordinates".</summary>
internal static class Pom
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, IgnoreComments = true };

    /// <summary>What the project itself does not say, it has from its parent.</summary>
    public static MavenName Parse(string text)
    {
        var (project, parent) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        using var xml = XmlReader.Create(new StringReader(text), Settings);
        var path = new Stack<string>();
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement) path.Push(xml.LocalName);
            else if (xml.NodeType == XmlNodeType.EndElement) path.Pop();
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && path.Count == 2) project.TryAdd(path.Peek(), xml.Value.Trim());
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && path.Count == 3 && path.ElementAt(1) == "parent") parent.TryAdd(path.Peek(), xml.Value.Trim());
        }

        string Of(string key) => project.GetValueOrDefault(key) ?? parent.GetValueOrDefault(key) ?? "";
        return new MavenName(Of("groupId"), project.GetValueOrDefault("artifactId") ?? "", Of("version"));
    }
}
