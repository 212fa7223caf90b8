namespace Strata.Build.Dockerfiles;

/// <summary>
/// One line of a <c>.dockerignore</c>, or of <c>--exclude</c>, matched as moby's patternmatcher does: <c>*</c> and <c>?</c> stay within a name,
/// <c>**</c> goes through folders, and <c>!</c> takes back.
/// </summary>
internal sealed class IgnorePattern
{
    private readonly string _pattern;
    private readonly PathGlob? _glob;
    private readonly Kind _kind;

    private IgnorePattern(string pattern, bool takesBack, string written, int line)
    {
        (_pattern, TakesBack, Written, Line) = (pattern, takesBack, written, line);
        (_kind, _glob) = Read(pattern);
    }

    private enum Kind
    {
        Exact,
        Prefix,
        Suffix,
        Glob,
    }

    public bool TakesBack { get; }

    /// <summary>Without ! and cleaned.</summary>
    public string Text => _pattern;

    public string Written { get; }

    /// <summary>Of the file, from 1; 0 where there is none.</summary>
    public int Line { get; }

    /// <returns>Null for a pattern of blanks.</returns>
    /// <exception cref="FormatException">It is no pattern.</exception>
    public static IgnorePattern? Parse(string text, int line = 0)
    {
        var pattern = text.Trim();
        if (pattern.Length == 0) return null;
        pattern = SlashPath.Clean(pattern);
        var takesBack = pattern[0] == '!';
        if (takesBack) pattern = pattern[1..];
        if (pattern.Length == 0) throw new FormatException("illegal exclusion pattern: \"!\"");
        if (!GoGlob.IsValid(pattern)) throw new FormatException($"syntax error in pattern: {text.Trim()}");
        return new IgnorePattern(pattern, takesBack, text.Trim(), line);
    }

    public bool Matches(string path) => _kind switch
    {
        Kind.Exact => path == _pattern,
        Kind.Prefix => path.StartsWith(_pattern[..^2], StringComparison.Ordinal),
        Kind.Suffix => path.EndsWith(_pattern[2..], StringComparison.Ordinal) || (_pattern.Length > 2 && _pattern[2] == '/' && path == _pattern[3..]),
        _ => _glob!.IsMatch(path),
    };

    private static (Kind Kind, PathGlob? Glob) Read(string pattern)
    {
        var tokens = PathGlob.Tokens(pattern);
        var begins = tokens.Count > 0 && tokens[0].Type is PathGlob.TokenType.Folders or PathGlob.TokenType.Everything;
        var rest = begins ? tokens.Skip(1) : tokens;
        if (begins && rest.All(t => t.IsPlain)) return (Kind.Suffix, null);
        if (!begins && rest.All(t => t.IsPlain)) return (Kind.Exact, null);
        if (!begins && tokens[^1].Type == PathGlob.TokenType.Everything && tokens.SkipLast(1).All(t => t.IsPlain) && pattern.EndsWith("**", StringComparison.Ordinal))
            return (Kind.Prefix, null);
        return (Kind.Glob, new PathGlob(tokens));
    }
}
