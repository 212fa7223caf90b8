namespace Strata.Build.Dockerfiles;

/// <summary>The characters between brackets of a pattern.</summary>
internal sealed class GlobClass
{
    private readonly List<(char From, char To)> _ranges = [];
    private bool _isNegated;

    public bool Contains(char c) => _ranges.Exists(r => c >= r.From && c <= r.To) != _isNegated;

    /// <param name="at">At the opening bracket; then at the closing one.</param>
    /// <returns>Null when it is not well formed; then nothing was passed.</returns>
    public static GlobClass? TryParse(string pattern, ref int at)
    {
        var found = new GlobClass();
        var i = at + 1;
        if (i < pattern.Length && pattern[i] == '^')
        {
            found._isNegated = true;
            i++;
        }
        for (var first = true; ; first = false)
        {
            if (i < pattern.Length && pattern[i] == ']' && !first)
            {
                at = i;
                return found;
            }
            if (!TryOne(pattern, ref i, out var from)) return null;
            var to = from;
            if (i < pattern.Length && pattern[i] == '-')
            {
                i++;
                if (!TryOne(pattern, ref i, out to)) return null;
            }
            found._ranges.Add((from, to));
        }
    }

    private static bool TryOne(string pattern, ref int at, out char c)
    {
        c = '\0';
        if (at >= pattern.Length || pattern[at] is '-' or ']') return false;
        if (pattern[at] == '\\' && ++at >= pattern.Length) return false;
        c = pattern[at++];
        // A class that the pattern ends in is none.
        return at < pattern.Length;
    }
}
