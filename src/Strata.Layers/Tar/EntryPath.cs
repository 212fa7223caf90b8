namespace Strata.Layers.Tar;

/// <summary>
/// Brings the names of a tar into the one form that everything else relies on: relative to the root of the image, single slashes, no dots.
/// </summary>
internal static class EntryPath
{
    private const int MaxLength = 4096;

    /// <summary>
    /// <c>./usr/bin/</c>, <c>/usr/bin</c> and <c>usr//bin</c> are all <c>usr/bin</c>: a leading slash means the image's root, as every
    /// engine reads it. A <c>..</c> is refused wherever it stands: no builder writes it, and it can only lead out.
    /// </summary>
    /// <exception cref="TarException">The path leads outside, is too long, or has a NUL.</exception>
    public static string Normalize(ReadOnlySpan<byte> raw)
    {
        if (raw.Length > MaxLength) throw new TarException($"a path of {raw.Length} bytes is longer than the {MaxLength} that Linux takes");
        var text = PathText.Decode(raw);
        if (IsNormal(text)) return text;
        var parts = text.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".").ToArray();
        if (parts.Contains("..", StringComparer.Ordinal)) throw new TarException($"the path '{Visible(text)}' leads outside of the image");
        if (text.Contains('\0', StringComparison.Ordinal)) throw new TarException($"the path '{Visible(text)}' has a NUL");
        return string.Join('/', parts);
    }

    private static bool IsNormal(string text)
    {
        if (text.Length == 0 || text[0] is '/' or '.' || text[^1] is '/' or '.') return false;
        for (var i = 1; i < text.Length; i++)
            if (text[i - 1] == '/' && text[i] is '/' or '.' || text[i] == '\0') return false;
        return true;
    }

    private static string Visible(string text) =>
        string.Concat((text.Length > 200 ? text[..200] + "…" : text).Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
