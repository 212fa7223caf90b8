namespace Strata.Layers.Tar;

/// <summary>
/// Brings the names of a tar into the one form that everything else relies on: relative to the root of the image, single slashes, no dots.
/// </summary>
internal static class EntryPath
{
    /// <summary>PATH_MAX and NAME_MAX of Linux: longer names could never be opened.</summary>
    public const int MaxLength = 4095;
    public const int MaxName = 255;

    /// <summary>
    /// <c>./usr/bin/</c>, <c>/usr/bin</c> and <c>usr//bin</c> are all <c>usr/bin</c>: a leading slash means the image's root, as every
    /// engine reads it. A <c>..</c> is refused wherever it stands: no builder writes it, and it can only lead out.
    /// </summary>
    /// <exception cref="TarException">The path leads outside, is too long or too deep, or has a NUL.</exception>
    public static string Normalize(ReadOnlySpan<byte> raw, int maxDepth)
    {
        // PAX may say any length; a name that is refused must not be shown whole.
        if (raw.Length > 2 * MaxLength) throw new TarException($"a path of {raw.Length} bytes is longer than the {MaxLength} that Linux takes");
        Span<byte> path = stackalloc byte[2 * MaxLength];
        var length = 0;
        var depth = 0;
        for (var rest = raw; rest.Length > 0;)
        {
            var slash = rest.IndexOf((byte)'/');
            var name = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? [] : rest[(slash + 1)..];
            if (name.Length == 0 || name.SequenceEqual("."u8)) continue;
            if (name.SequenceEqual(".."u8)) throw new TarException($"the path '{Visible(raw)}' leads outside of the image");
            if (name.Contains((byte)0)) throw new TarException($"the path '{Visible(raw)}' has a NUL");
            if (name.Length > MaxName) throw new TarException($"the path '{Visible(raw)}' has a name of {name.Length} bytes; Linux takes {MaxName}");
            if (++depth > maxDepth) throw new TarException($"the path '{Visible(raw)}' has more than the {maxDepth} folders allowed");
            if (length > 0) path[length++] = (byte)'/';
            name.CopyTo(path[length..]);
            length += name.Length;
        }
        if (length > MaxLength) throw new TarException($"a path of {length} bytes is longer than the {MaxLength} that Linux takes");
        return PathText.Decode(path[..length]);
    }

    private static string Visible(ReadOnlySpan<byte> raw) => Visible(PathText.Decode(raw));

    /// <summary>A path as a message may show it: cut to a line's length, with control characters made harmless.</summary>
    public static string Visible(string text) =>
        string.Concat((text.Length > 200 ? text[..200] + "…" : text).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c));
}
