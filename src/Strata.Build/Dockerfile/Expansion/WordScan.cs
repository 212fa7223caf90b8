using System.Text;

namespace Strata.Build.Dockerfiles;

/// <summary>One walk through one word.</summary>
internal sealed partial class WordScan(WordExpander rules, string word, IReadOnlyDictionary<string, string> variables)
{
    public const int End = -1;

    /// <summary>Operators within operators: no Dockerfile needs more, and a stack has an end.</summary>
    private const int MaxDepth = 64;

    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private int _at;
    private int _depth;
    private bool _keepEscapes;

    public IReadOnlySet<string> Found => _found;

    public IReadOnlySet<string> Missing => _missing;

    private int Peek => _at < word.Length ? word[_at] : End;

    private int Next() => _at < word.Length ? word[_at++] : End;

    /// <summary>Reads as far as <paramref name="stop"/>, which is passed by.</summary>
    public (string Text, IReadOnlyList<string> Words) Until(int stop, bool keepEscapes)
    {
        if (++_depth > MaxDepth) throw new ExpansionException("syntax error: too many substitutions within each other");
        var before = _keepEscapes;
        _keepEscapes = keepEscapes;
        try
        {
            return Read(stop);
        }
        finally
        {
            _keepEscapes = before;
            _depth--;
        }
    }

    private (string Text, IReadOnlyList<string> Words) Read(int stop)
    {
        var text = new StringBuilder();
        var words = new WordSplit();
        while (Peek != End)
        {
            if (stop != End && Peek == stop)
            {
                _at++;
                return (text.ToString(), words.Finish());
            }
            var special = Special();
            if (special is not null)
            {
                text.Append(special.Value.Text);
                if (special.Value.IsWhole) words.AddWhole(special.Value.Text);
                else words.Add(special.Value.Text);
                continue;
            }
            var c = Next();
            if (c == rules.Escape)
            {
                if (_keepEscapes)
                {
                    words.AddWhole((char)c);
                    text.Append((char)c);
                }
                c = Next();
                if (c == End) break;
                words.AddWhole((char)c);
            }
            else
            {
                words.Add((char)c);
            }
            text.Append((char)c);
        }
        if (stop != End) throw new ExpansionException($"unexpected end of statement while looking for matching {(char)stop}");
        return (text.ToString(), words.Finish());
    }

    /// <summary>Null where an ordinary character stands. What is whole is not cut at blanks.</summary>
    private (string Text, bool IsWhole)? Special() => Peek switch
    {
        '$' => (Dollar(), false),
        '\'' when !rules.QuotesArePlain => (SingleQuoted(), true),
        '"' when !rules.QuotesArePlain => (DoubleQuoted(), true),
        '<' when rules.JoinHeredocs => (HeredocMark(), true),
        _ => null,
    };

    private string SingleQuoted()
    {
        var close = word.IndexOf('\'', _at + 1);
        if (close < 0) throw new ExpansionException("unexpected end of statement while looking for matching single-quote");
        var text = rules.KeepQuotes ? word[_at..(close + 1)] : word[(_at + 1)..close];
        _at = close + 1;
        return text;
    }

    private string DoubleQuoted()
    {
        var text = new StringBuilder();
        if (rules.KeepQuotes) text.Append('"');
        _at++;
        while (true)
        {
            switch (Peek)
            {
                case End:
                    throw new ExpansionException("unexpected end of statement while looking for matching double-quote");
                case '"':
                    _at++;
                    return (rules.KeepQuotes ? text.Append('"') : text).ToString();
                case '$':
                    text.Append(Dollar());
                    break;
                default:
                    var c = (char)Next();
                    if (c == rules.Escape)
                    {
                        if (_keepEscapes) text.Append(c);
                        if (Peek == End) continue;
                        // Before anything else an escape in double quotes is itself.
                        if (Peek is '"' or '$' || Peek == rules.Escape) c = (char)Next();
                    }
                    text.Append(c);
                    break;
            }
        }
    }

    private string HeredocMark()
    {
        _at++;
        if (Peek != '<') return "<";
        var begin = ++_at;
        while (Peek is ' ' or '\t' or '\r' or '\n') _at++;
        return "<<" + word[begin.._at];
    }
}
