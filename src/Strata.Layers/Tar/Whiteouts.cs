namespace Strata.Layers.Tar;

/// <summary>Files whose name says that something is gone: <c>.wh.NAME</c> and <c>.wh..wh..opq</c>. OCI image spec, layer.md, "Whiteouts".</summary>
internal static class Whiteouts
{
    private const string Prefix = ".wh.";
    private const string OpaqueName = ".wh..wh..opq";

    /// <summary>The path that is meant, and how.</summary>
    /// <exception cref="TarException">The whiteout names nothing, its own folder, or the folder above.</exception>
    public static (string Path, Whiteout Whiteout) Read(string path)
    {
        var slash = path.LastIndexOf('/');
        var name = path.AsSpan(slash + 1);
        if (!name.StartsWith(Prefix, StringComparison.Ordinal)) return (path, Whiteout.None);
        var folder = slash < 0 ? "" : path[..slash];
        if (name.SequenceEqual(OpaqueName)) return (folder, Whiteout.Opaque);
        // AUFS kept its own books under .wh..wh.*; they are no part of the image.
        if (name.StartsWith(".wh..wh.", StringComparison.Ordinal)) return (path, Whiteout.None);
        var hidden = name[Prefix.Length..];
        if (hidden is "" or "." or "..") throw new TarException($"the whiteout '{path}' names nothing that could be removed");
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
