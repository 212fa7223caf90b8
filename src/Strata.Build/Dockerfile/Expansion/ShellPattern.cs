using System.Text;

namespace Strata.Build.Dockerfiles;

/// <summary>A pattern of the shell's substitutions: <c>*</c>, <c>?</c>, and backslashes before these. No brackets, as in BuildKit.</summary>
internal sealed class ShellPattern
{
    private const int Star = -1;
    private const int Any = -2;

    private readonly int[] _tokens;

    private ShellPattern(int[] tokens) => _tokens = tokens;

    /// <exception cref="ExpansionException">A backslash stands before what needs none.</exception>
    public static ShellPattern Parse(string text)
    {
        var tokens = new List<int>();
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '*':
                    tokens.Add(Star);
                    break;
                case '?':
                    tokens.Add(Any);
                    break;
                case '\\':
                    var next = i + 1 < text.Length ? text[i + 1] : '\uFFFD';
                    // Of } and /, the backslash belongs to the substitution, not to the pattern.
                    if (next is '}' or '/') break;
                    if (next is not ('*' or '?' or '\\')) throw new ExpansionException($"invalid escape '\\{next}'");
                    tokens.Add(next);
                    i++;
                    break;
                default:
                    tokens.Add(text[i]);
                    break;
            }
        }
        return new ShellPattern([.. tokens]);
    }

    public string WithoutBegin(string value, bool longest) => MatchAt(value, 0, longest) is var end and >= 0 ? value[end..] : value;

    public string WithoutEnd(string value, bool longest)
    {
        for (var i = 0; i <= value.Length; i++)
        {
            var begin = longest ? i : value.Length - i;
            if (Ends(value, begin)[value.Length]) return value[..begin];
        }
        return value;
    }

    public string Replace(string value, string replacement, bool all)
    {
        var result = new StringBuilder();
        var last = -1;
        for (var at = 0; at <= value.Length;)
        {
            var end = MatchAt(value, at, longest: true);
            // Nothing, right behind something that was replaced, is no second match.
            var isMatch = end > at || (end == at && at != last);
            if (isMatch) result.Append(replacement);
            if (isMatch && !all) return result.Append(value, end, value.Length - end).ToString();
            if (isMatch) last = end;
            if (end > at)
            {
                at = end;
                continue;
            }
            if (at < value.Length) result.Append(value[at]);
            at++;
        }
        return result.ToString();
    }

    private int MatchAt(string value, int begin, bool longest)
    {
        var ends = Ends(value, begin);
        return longest ? Array.LastIndexOf(ends, true) : Array.IndexOf(ends, true);
    }

    /// <summary>For each place in the value, whether a match that begins at <paramref name="begin"/> can end there.</summary>
    private bool[] Ends(string value, int begin)
    {
        var here = new bool[value.Length + 1];
        here[begin] = true;
        foreach (var token in _tokens)
        {
            var next = new bool[value.Length + 1];
            for (var i = begin; i <= value.Length; i++)
            {
                if (token == Star) next[i] = here[i] || (i > begin && next[i - 1] && value[i - 1] != '\n');
                else if (i > begin && here[i - 1]) next[i] = token == Any ? value[i - 1] != '\n' : value[i - 1] == token;
            }
            here = next;
        }
        return here;
    }
}
