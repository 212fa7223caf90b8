namespace Strata.Packages;

/// <summary>Paths as layers write them: relative to the root, without a leading slash; the root is empty.</summary>
internal static class RootPath
{
    public static bool IsAtOrBelow(string path, string folder) =>
        folder.Length == 0
        || path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');

    /// <summary>Where a symbolic link leads, if no other is on the way; <c>..</c> stays below the root.</summary>
    /// <param name="path">The link.</param>
    /// <param name="target">What it says.</param>
    public static string Resolve(string path, string target)
    {
        var parts = new List<string>();
        if (!target.StartsWith('/')) parts.AddRange(path.Split('/').SkipLast(1));
        foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or "..")) parts.Add(part);
        }

        return string.Join('/', parts);
    }

    /// <summary>The folders above a path, the nearest first, the root last.</summary>
    public static IEnumerable<string> Above(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1)) yield return path[..slash];
        if (path.Length > 0) yield return "";
    }
}
