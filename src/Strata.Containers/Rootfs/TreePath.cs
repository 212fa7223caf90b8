namespace Strata.Containers.Rootfs;

/// <summary>Paths in a tree: relative to its root, without a slash at either end; the root is empty.</summary>
internal static class TreePath
{
    public static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    public static string Parent(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";

    public static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>Without dots and doubled slashes; what leads above the root stays at it.</summary>
    public static string Normal(string path)
    {
        var names = new List<string>();
        foreach (var name in path.Split('/'))
        {
            if (name is "" or ".") continue;
            if (name != "..") names.Add(name);
            else if (names.Count > 0) names.RemoveAt(names.Count - 1);
        }
        return string.Join('/', names);
    }
}
