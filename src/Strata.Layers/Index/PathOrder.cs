namespace Strata.Layers.Indexes;

/// <summary>The order of paths in which a folder is followed by all that is in it: a slash comes before every other byte.</summary>
internal static class PathOrder
{
    public static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var shared = a.CommonPrefixLength(b);
        if (shared == a.Length || shared == b.Length) return a.Length - b.Length;
        return Rank(a[shared]) - Rank(b[shared]);
    }

    /// <summary>True for what lies in the folder, at any depth; all but the root itself lies in the root.</summary>
    public static bool IsBelow(ReadOnlySpan<byte> path, ReadOnlySpan<byte> folder) =>
        folder.Length == 0 ? path.Length > 0 : path.Length > folder.Length && path[folder.Length] == (byte)'/' && path.StartsWith(folder);

    // A name has no NUL, so that the slash can take its place.
    private static int Rank(byte b) => b == (byte)'/' ? 0 : b;
}
