namespace Strata.Build.Dockerfiles;

/// <summary>Patterns of one path as Go's filepath.Match reads them: COPY's wildcards.</summary>
internal static class GoGlob
{
    public static bool HasWildcards(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '*' or '?' or '[') return true;
            if (text[i] == '\\') i++;
        }
        return false;
    }

    public static bool IsValid(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && ++i == pattern.Length) return false;
            if (pattern[i] == '[' && (i == 0 || !IsEscaped(pattern, i)) && GlobClass.TryParse(pattern, ref i) is null) return false;
        }
        return true;
    }

    /// <summary>False, too, for what is no valid pattern.</summary>
    public static bool IsMatch(string pattern, string path) => IsValid(pattern) && new PathGlob(Tokens(pattern)).IsMatch(path);

    /// <summary>Two stars are one here: they stay within a name.</summary>
    private static IReadOnlyList<PathGlob.Token> Tokens(string pattern)
    {
        while (pattern.Contains("**", StringComparison.Ordinal)) pattern = pattern.Replace("**", "*", StringComparison.Ordinal);
        return PathGlob.Tokens(pattern);
    }

    private static bool IsEscaped(string pattern, int at)
    {
        var slashes = 0;
        while (at - slashes > 0 && pattern[at - slashes - 1] == '\\') slashes++;
        return slashes % 2 == 1;
    }

    /// <summary>A literal name without the backslashes that a pattern needs.</summary>
    public static string Unescaped(string pattern)
    {
        if (!pattern.Contains('\\', StringComparison.Ordinal)) return pattern;
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < pattern.Length; i++) text.Append(pattern[i] == '\\' && i + 1 < pattern.Length ? pattern[++i] : pattern[i]);
        return text.ToString();
    }
}
