namespace Strata.Layers.Tar;

/// <summary>
/// Files whose name says that something is gone: <c>.wh.NAME</c> and <c>.wh..wh..opq</c>. OCI image spec, layer.md, "Whiteouts".
/// </summary>
internal static class Whiteouts
{
    private const string Prefix = ".wh.";
    private const string BooksPrefix = ".wh..wh.";
    private const string OpaqueName = ".wh..wh..opq";

    /// <summary>AUFS kept its own books under <c>.wh..wh.*</c>; old layers have them, and they are no part of the image.</summary>
    public static bool AreBooks(string path)
    {
        if (!path.Contains(BooksPrefix, StringComparison.Ordinal)) return false;
        var start = path.StartsWith(BooksPrefix, StringComparison.Ordinal) ? 0 : path.IndexOf("/" + BooksPrefix, StringComparison.Ordinal) + 1;
        return (start > 0 || path[0] == '.') && path.IndexOf('/', start) is var end && path[start..(end < 0 ? path.Length : end)] != OpaqueName;
    }

    /// <summary>The path that is meant, and how.</summary>
    /// <exception cref="TarException">The whiteout names nothing, its own folder, or the folder above; or something lies in a
    /// whiteout.</exception>
    public static (string Path, Whiteout Whiteout) Read(string path)
    {
        if (!path.Contains(Prefix, StringComparison.Ordinal)) return (path, Whiteout.None);
        var slash = path.LastIndexOf('/');
        var name = path.AsSpan(slash + 1);
        var folder = slash < 0 ? "" : path[..slash];
        // Were it taken, a layer that is written from the unpacked tree would remove what this one adds.
        if (folder.StartsWith(Prefix, StringComparison.Ordinal) || folder.Contains("/" + Prefix, StringComparison.Ordinal))
            throw new TarException($"'{EntryPath.Visible(path)}' lies in a whiteout");
        if (!name.StartsWith(Prefix, StringComparison.Ordinal)) return (path, Whiteout.None);
        if (name.SequenceEqual(OpaqueName)) return (folder, Whiteout.Opaque);
        var hidden = name[Prefix.Length..];
        if (hidden is "" or "." or "..") throw new TarException($"the whiteout '{EntryPath.Visible(path)}' names nothing that could be removed");
        return (folder.Length == 0 ? hidden.ToString() : $"{folder}/{hidden}", Whiteout.Path);
    }

    public static string Name(string path, Whiteout whiteout)
    {
        if (whiteout == Whiteout.None) return path;
        if (whiteout == Whiteout.Opaque) return path.Length == 0 ? OpaqueName : $"{path}/{OpaqueName}";
        var slash = path.LastIndexOf('/');
        return $"{path[..(slash + 1)]}{Prefix}{path[(slash + 1)..]}";
    }
}
