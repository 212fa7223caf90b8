namespace Strata.Build.Dockerfiles;

internal sealed partial class WordScan
{
    private const string NoEnd = "syntax error: missing '}'";

    private string Dollar()
    {
        _at++;
        if (Peek != '{')
        {
            var plain = Name();
            return plain.Length == 0 ? "$" : Get(plain) ?? (rules.KeepUnset ? "$" + plain : "");
        }
        _at++;
        if (Peek == End) throw new ExpansionException(NoEnd);
        if (Peek is '{' or '}' or ':') throw new ExpansionException("syntax error: bad substitution");
        var name = Name();
        var c = Next();
        switch (c)
        {
            case '}':
                return Get(name) ?? (rules.KeepUnset ? $"${{{name}}}" : "");
            case ':':
                return Operated(name, Next(), emptyIsUnset: true);
            case '+' or '-' or '?' or '#' or '%':
                return Operated(name, c, emptyIsUnset: false);
            case '/':
                return Replaced(name);
            default:
                throw Unsupported(Shown(c));
        }
    }

    private string Operated(string name, int operation, bool emptyIsUnset)
    {
        var sign = (emptyIsUnset ? ":" : "") + Shown(operation);
        var argument = Argument('}', operation is '#' or '%', NoEnd);
        var value = Get(name);
        if (value is null && rules.KeepUnset) return $"${{{name}{sign}{argument}}}";
        var isGiven = value is not null && !(emptyIsUnset && value.Length == 0);
        switch (operation)
        {
            case '-':
                return isGiven ? value! : argument;
            case '+':
                return isGiven ? argument : "";
            case '?':
                if (isGiven) return value!;
                throw new ExpansionException($"{name}: {(argument.Length > 0 ? argument : value is null ? "is not allowed to be unset" : "is not allowed to be empty")}");
            case '#' or '%':
                var isLongest = argument.Length > 0 && argument[0] == operation;
                var pattern = Pattern(isLongest ? argument[1..] : argument);
                return operation == '%' ? pattern.WithoutEnd(value ?? "", isLongest) : pattern.WithoutBegin(value ?? "", isLongest);
            default:
                throw Unsupported(sign);
        }
    }

    private string Replaced(string name)
    {
        var all = Peek == '/';
        if (all) _at++;
        var pattern = Argument('/', keepEscapes: true, "syntax error: missing '/' in ${}");
        var replacement = Argument('}', keepEscapes: true, NoEnd);
        var value = Get(name);
        if (value is null && rules.KeepUnset) return $"${{{name}/{pattern}/{replacement}}}";
        return Pattern(pattern).Replace(value ?? "", replacement, all);
    }

    private string Argument(char stop, bool keepEscapes, string withoutEnd)
    {
        try
        {
            return Until(stop, keepEscapes).Text;
        }
        catch (ExpansionException e) when (Peek == End)
        {
            throw new ExpansionException(withoutEnd, e);
        }
    }

    private static ShellPattern Pattern(string text)
    {
        try
        {
            return ShellPattern.Parse(text);
        }
        catch (ExpansionException e)
        {
            throw new ExpansionException($"invalid pattern ({text}) in substitution: {e.Message}", e);
        }
    }

    /// <summary>Letters, digits and _; a number; or one of the shell's own, such as <c>$?</c>.</summary>
    private string Name()
    {
        var begin = _at;
        if (Peek != End && char.IsDigit((char)Peek))
        {
            while (Peek != End && char.IsDigit((char)Peek)) _at++;
        }
        else if (Peek is '@' or '*' or '#' or '?' or '-' or '$' or '!')
        {
            _at++;
        }
        else
        {
            while (Peek != End && (char.IsLetterOrDigit((char)Peek) || Peek == '_')) _at++;
        }
        return word[begin.._at];
    }

    private string? Get(string name)
    {
        var value = variables.GetValueOrDefault(name);
        (value is null ? _missing : _found).Add(name);
        return value;
    }

    private static string Shown(int c) => c == End ? "\uFFFD" : ((char)c).ToString();

    private static ExpansionException Unsupported(string sign) => new($"unsupported modifier ({sign}) in substitution");
}
