using System.Text;

namespace Strata.Build.Dockerfiles;

/// <summary>A <c>.dockerignore</c>: comments, blanks, and patterns that are cleaned as docker does.</summary>
internal static class IgnoreFile
{
    public static IReadOnlyList<(string Pattern, int Line)> Read(string text)
    {
        var patterns = new List<(string, int)>();
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            if (raw.StartsWith('#')) continue;
            var line = raw.Trim();
            if (line.Length == 0) continue;
            var takesBack = line[0] == '!';
            if (takesBack) line = line[1..].Trim();
            if (line.Length > 0)
            {
                line = SlashPath.Clean(line);
                if (line.Length > 1 && line[0] == '/') line = line[1..];
            }
            patterns.Add((takesBack ? "!" + line : line, number));
        }
        return patterns;
    }

    /// <exception cref="BuildException">A line is no pattern.</exception>
    public static IgnoreMatcher Parse(string name, string text) => new([.. Read(text).Select(p => Pattern(name, p.Pattern, p.Line)).OfType<IgnorePattern>()], name);

    public static IgnoreMatcher Parse(string name, ReadOnlySpan<byte> bytes) => Parse(name, Encoding.UTF8.GetString(bytes));

    private static IgnorePattern? Pattern(string name, string pattern, int line)
    {
        try
        {
            return IgnorePattern.Parse(pattern, line);
        }
        catch (FormatException e)
        {
            throw new BuildException($"{name}:{line}: {e.Message}", "the patterns are those of .dockerignore: *, ?, [a-z], ** and !", e);
        }
    }
}
