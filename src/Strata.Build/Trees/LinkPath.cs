namespace Strata.Build.Trees;

/// <summary>Follows the links of a path within a tree, which none of them leaves.</summary>
internal static class LinkPath
{
    private const int MaxLinks = 255;

    /// <returns>Where the path leads. What is not there is taken as written.</returns>
    /// <exception cref="BuildException">The links go in a ring.</exception>
    public static string Resolve(string path, Func<string, FileNode?> find)
    {
        var done = new List<string>();
        var left = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var links = 0;
        while (left.TryPop(out var name))
        {
            if (name == ".") continue;
            if (name == "..")
            {
                if (done.Count > 0) done.RemoveAt(done.Count - 1);
                continue;
            }
            done.Add(name);
            if (find(string.Join('/', done)) is not { LinkTarget: { } target }) continue;
            if (++links > MaxLinks) throw new BuildException($"too many links on the way to /{path}", "one of them leads back to itself");
            done.RemoveAt(done.Count - 1);
            if (target.StartsWith('/')) done.Clear();
            foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse()) left.Push(part);
        }
        return string.Join('/', done);
    }
}
