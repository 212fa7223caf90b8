namespace Strata.Packages;

/// <summary>Paths as layers write them: relative to the root, without a leading slash; the root is empty.</summary>
internal static class RootPath
{
    public static bool IsAtOrBelow(string path, string folder) =>
        folder.Length == 0
        || path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');

    /// <summary>The folders above a path, the nearest first, the root last.</summary>
    public static IEnumerable<string> Above(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1)) yield return path[..slash];
        if (path.Length > 0) yield return "";
    }
}
