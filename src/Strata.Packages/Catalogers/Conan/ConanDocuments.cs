namespace Strata.Packages.Catalogers.Conan;

/// <summary>The documents of Conan 1 and 2.</summary>
internal static class ConanDocuments
{
    private static readonly string[] Lists = ["requires", "build_requires", "python_requires", "config_requires"];

    /// <summary>Version 1 has a graph whose nodes have references; version 2 has lists of them.</summary>
    public static void ReadLock(DocumentText document, PackageList found)
    {
        using var json = document.Json;
        var root = json.RootElement;
        foreach (var node in root.At("graph_lock").At("nodes").Members)
        {
            if ((node.Value.Text("ref") ?? node.Value.Text("pref")) is { } reference) ConanReference.Add(reference, found);
        }

        foreach (var list in Lists)
        {
            foreach (var reference in root.At(list).Items) ConanReference.Add(reference.AsText ?? "", found);
        }
    }

    public static void ReadFile(DocumentText document, PackageList found) => ReadSections(document, found, "[requires]", "[build_requires]", "[tool_requires]");

    /// <summary>
    /// The package itself is named by the folder: <c>.conan/data/NAME/VERSION/USER/CHANNEL/package/ID/conaninfo.txt</c>. What it needs is below
    /// <c>[full_requires]</c>; Conan 2 has only what it needs, without exact versions.
    /// </summary>
    public static void ReadInfo(DocumentText document, PackageList found)
    {
        if (document.Path.Split('/') is [.., "data", var name, var version, var user, var channel, "package", _, _])
            ConanReference.Add($"{name}/{version}@{user}/{channel}", found);
        ReadSections(document, found, "[full_requires]");
    }

    private static void ReadSections(DocumentText document, PackageList found, params string[] sections)
    {
        var inSection = false;
        foreach (var line in document.Lines)
        {
            var text = line.Trim();
            if (text.StartsWith('[')) inSection = sections.Contains(text, StringComparer.Ordinal);
            else if (inSection && text.Length > 0 && text[0] != '#') ConanReference.Add(text, found);
        }
    }
}
