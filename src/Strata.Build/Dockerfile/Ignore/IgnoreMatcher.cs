namespace Strata.Build.Dockerfiles;

/// <summary>The patterns of a file, of which the last that matches decides.</summary>
internal sealed class IgnoreMatcher(IReadOnlyList<IgnorePattern> patterns, string name = "")
{
    public static IgnoreMatcher None { get; } = new([]);

    public IReadOnlyList<IgnorePattern> Patterns => patterns;

    /// <summary>The file that they are from.</summary>
    public string Name => name;

    /// <summary>What is said of a path, when what was said of its folder is known.</summary>
    /// <param name="path">With slashes, without one at the begin.</param>
    /// <param name="above">Of the folder; null at the top, or where nobody asked.</param>
    public Verdict Judge(string path, Verdict? above)
    {
        var matched = new bool[patterns.Count];
        IgnorePattern? decided = null;
        var isDropped = false;
        for (var i = 0; i < patterns.Count; i++)
        {
            var pattern = patterns[i];
            var match = above?.Matched[i] ?? false;
            if (!match)
            {
                // What drops cannot drop what is dropped, and what takes back has nothing to take back.
                if (pattern.TakesBack != isDropped) continue;
                match = pattern.Matches(path) || (above is null && MatchesAbove(pattern, path));
            }
            matched[i] = match;
            if (!match) continue;
            isDropped = !pattern.TakesBack;
            decided = pattern;
        }
        return new Verdict(isDropped, decided, matched);
    }

    public bool Drops(string path) => Judge(path, above: null).IsDropped;

    /// <summary>False when nothing below a dropped folder can come back: it need not be walked through.</summary>
    public bool MayTakeBackBelow(string folder) => patterns.Any(p => p.TakesBack
        && (p.Text.AsSpan().ContainsAny("*?[\\") || (p.Text + "/").StartsWith(folder + "/", StringComparison.Ordinal)));

    private static bool MatchesAbove(IgnorePattern pattern, string path)
    {
        for (var at = path.IndexOf('/', StringComparison.Ordinal); at > 0; at = path.IndexOf('/', at + 1))
            if (pattern.Matches(path[..at])) return true;
        return false;
    }

    /// <param name="Pattern">The one that decided; null when none matched.</param>
    /// <param name="Matched">For each pattern, whether it matched here or above.</param>
    internal sealed record Verdict(bool IsDropped, IgnorePattern? Pattern, IReadOnlyList<bool> Matched);
}
