using System.Text.Json;

namespace Strata.Packages.Catalogers.Npm;

/// <summary>
/// package-lock-json(5): version 1 has a tree of <c>dependencies</c>, version 3 the folders of <c>packages</c>, version 2 both, which say
/// the same.
/// </summary>
internal static class PackageLock
{
    private const string Modules = "node_modules/";

    public static void Read(DocumentText document, PackageList found)
    {
        using var json = document.Json;
        var root = json.RootElement;
        if (root.At("packages").ValueKind == JsonValueKind.Object)
        {
            foreach (var folder in root.At("packages").Members) AddFolder(folder, found);
        }
        else
        {
            AddTree(root.At("dependencies"), found);
        }
    }

    /// <summary>The name is that of the folder, unless another is said: that of the project itself, or the real one of an alias.</summary>
    private static void AddFolder(JsonProperty folder, PackageList found)
    {
        // A link to a folder of the project, which has an entry of its own.
        if (folder.Value.IsTrue("link")) return;
        var at = folder.Name.LastIndexOf(Modules, StringComparison.Ordinal);
        var name = folder.Value.Text("name") ?? (at < 0 ? null : folder.Name[(at + Modules.Length)..]);
        found.Add("npm", name, folder.Value.Text("version"), PackageJson.Licenses(folder.Value));
    }

    /// <summary>How deep the tree may be is limited by how deep JSON may be.</summary>
    private static void AddTree(JsonElement dependencies, PackageList found)
    {
        foreach (var dependency in dependencies.Members)
        {
            var version = dependency.Value.Text("version");
            if (NpmAlias.Of(version) is { } alias) found.Add("npm", alias.Name, alias.Version);
            // A folder of the project is not what its path says.
            else if (version?.StartsWith("file:", StringComparison.Ordinal) == false) found.Add("npm", dependency.Name, version);
            AddTree(dependency.Value.At("dependencies"), found);
        }
    }
}
