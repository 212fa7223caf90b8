namespace Strata.Vulnerabilities.Versions.Alpine;

/// <summary>
/// Reads an Alpine version part by part: <c>digits{.digits}[letter]{_suffix[digits]}[~hash][-rdigits]</c>. What does not fit is one
/// invalid part at the end, as for apk, which puts such versions in an order, too.
/// </summary>
internal ref struct AlpineReader
{
    private ReadOnlySpan<char> _rest;

    public AlpineReader(ReadOnlySpan<char> text)
    {
        _rest = text;
        TakeNumber(AlpinePart.First);
    }

    public AlpinePart Part { get; private set; }

    public AlpineSuffix Suffix { get; private set; }

    /// <summary>The text of a number, a letter or a hash.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    public void Next()
    {
        if (_rest.IsEmpty)
        {
            Part = AlpinePart.End;
            return;
        }

        switch (_rest[0])
        {
            case >= 'a' and <= 'z' when Part <= AlpinePart.Number:
                Value = Take(1);
                Part = AlpinePart.Letter;
                break;
            case '.' when Part <= AlpinePart.Number:
                Take(1);
                TakeNumber(AlpinePart.Number);
                break;
            case >= '0' and <= '9' when Part == AlpinePart.Suffix:
                TakeNumber(AlpinePart.SuffixNumber);
                break;
            case '_' when Part <= AlpinePart.SuffixNumber:
                Take(1);
                Value = TakeWhile("abcdefghijklmnopqrstuvwxyz");
                Suffix = OfWord(Value);
                Part = Suffix == AlpineSuffix.Invalid ? AlpinePart.Invalid : AlpinePart.Suffix;
                break;
            case '~' when Part < AlpinePart.Hash:
                Take(1);
                Value = TakeWhile("0123456789abcdef");
                Part = Value.IsEmpty ? AlpinePart.Invalid : AlpinePart.Hash;
                break;
            case '-' when Part < AlpinePart.Revision && _rest.StartsWith("-r"):
                Take(2);
                TakeNumber(AlpinePart.Revision);
                break;
            default:
                Part = AlpinePart.Invalid;
                break;
        }
    }

    private void TakeNumber(AlpinePart part)
    {
        Value = TakeWhile("0123456789");
        Part = Value.IsEmpty ? AlpinePart.Invalid : part;
    }

    private ReadOnlySpan<char> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private ReadOnlySpan<char> TakeWhile(ReadOnlySpan<char> allowed)
    {
        var end = _rest.IndexOfAnyExcept(allowed);
        return Take(end < 0 ? _rest.Length : end);
    }

    private static AlpineSuffix OfWord(ReadOnlySpan<char> word) => word switch
    {
        "alpha" => AlpineSuffix.Alpha,
        "beta" => AlpineSuffix.Beta,
        "pre" => AlpineSuffix.Pre,
        "rc" => AlpineSuffix.Rc,
        "cvs" => AlpineSuffix.Cvs,
        "svn" => AlpineSuffix.Svn,
        "git" => AlpineSuffix.Git,
        "hg" => AlpineSuffix.Hg,
        "p" => AlpineSuffix.P,
        _ => AlpineSuffix.Invalid,
    };
}
