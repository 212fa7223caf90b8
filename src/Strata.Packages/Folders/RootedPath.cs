namespace Strata.Packages.Folders;

/// <summary>Resolves paths and symbolic links as a process would whose root is a given folder, so that no link leads out of it.</summary>
internal static class RootedPath
{
    /// <summary>As the kernel: more links than these are a loop. path_resolution(7).</summary>
    internal const int MaxLinks = 40;

    /// <summary>The real path of what is there, or null when nothing is (or links go round).</summary>
    public static string? Resolve(string root, string path)
    {
        var left = new Stack<string>(Parts(path));
        var done = new List<string>();
        var links = 0;
        while (left.TryPop(out var part))
        {
            if (part == "..")
            {
                if (done.Count > 0) done.RemoveAt(done.Count - 1);
                continue;
            }

            var here = Path.Join(root, Path.Join([.. done, part]));
            var target = TargetOf(here, out var exists);
            if (!exists) return null;
            if (target is null)
            {
                done.Add(part);
                continue;
            }

            if (++links > MaxLinks) return null;
            if (target.StartsWith('/')) done.Clear();
            foreach (var piece in Parts(target)) left.Push(piece);
        }

        return Path.Join(root, Path.Join([.. done]));
    }

    /// <summary>The parts in reverse, as a stack wants them.</summary>
    private static IEnumerable<string> Parts(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".").Reverse();

    private static string? TargetOf(string path, out bool exists)
    {
        try
        {
            // Throws for what does not exist; a link is asked about itself, not about its target.
            _ = File.GetAttributes(path);
            exists = true;
            return new FileInfo(path).LinkTarget;
        }
        catch (UnauthorizedAccessException)
        {
            // What may not be looked at is not the same as what is not there: reading it will say so.
            exists = true;
            return null;
        }
        catch (IOException)
        {
            exists = false;
            return null;
        }
    }
}
