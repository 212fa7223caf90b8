namespace Strata.Build.Dockerfiles;

/// <summary>Paths as text, with slashes, as Go's path package treats them.</summary>
internal static class SlashPath
{
    /// <summary>Without doubled slashes, dots, and what two dots take back; <c>.</c> for nothing.</summary>
    public static string Clean(string path)
    {
        var isRooted = path.StartsWith('/');
        var parts = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".") continue;
            if (part != "..") parts.Add(part);
            else if (parts.Count > 0 && parts[^1] != "..") parts.RemoveAt(parts.Count - 1);
            else if (!isRooted) parts.Add(part);
        }
        var text = string.Join('/', parts);
        return isRooted ? "/" + text : text.Length == 0 ? "." : text;
    }

    /// <summary>Below the root: without leading and trailing slashes; empty for the root itself.</summary>
    public static string Rooted(string path) => Clean("/" + path)[1..];

    public static string Join(string folder, string name) => folder.Length == 0 ? name : name.Length == 0 ? folder : $"{folder}/{name}";

    /// <summary>Empty for what lies in the root.</summary>
    public static string Parent(string path) => path.LastIndexOf('/') is > 0 and var at ? path[..at] : "";

    public static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];
}
