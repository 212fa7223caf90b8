namespace Strata.Vulnerabilities.Versions.Maven;

/// <summary>Takes a version apart as Maven's ComparableVersion does. There is no text that it refuses.</summary>
internal sealed class MavenParser
{
    private readonly string _text;
    private readonly Stack<MavenList> _lists = new();
    private MavenList _list = new();
    private int _start;

    private MavenParser(string text)
    {
        _text = text;
        _lists.Push(_list);
    }

    public static MavenList Parse(string version) => new MavenParser(version.ToLowerInvariant()).Parse();

    private MavenList Parse()
    {
        var root = _list;
        var inDigits = false;
        for (var i = 0; i < _text.Length; i++)
        {
            var c = _text[i];
            if (c is '.' or '-')
            {
                _list.Add(i == _start ? new MavenNumber("0") : Item(inDigits, i));
                _start = i + 1;
                if (c == '-') Nest();
            }
            else if (char.IsAsciiDigit(c) != inDigits)
            {
                if (i > _start) Turn(inDigits, i);
                inDigits = !inDigits;
            }
        }

        if (_text.Length > _start)
        {
            if (!inDigits) NestUnlessEmpty();
            _list.Add(Item(inDigits, _text.Length));
        }

        while (_lists.TryPop(out var list)) list.Normalize();
        return root;
    }

    /// <summary>Digits and letters that touch: what follows is a list of its own.</summary>
    private void Turn(bool fromDigits, int end)
    {
        if (fromDigits)
        {
            _list.Add(Item(isNumber: true, end));
        }
        else
        {
            NestUnlessEmpty();
            _list.Add(new MavenQualifier(_text[_start..end], isFollowedByDigit: true));
        }

        _start = end;
        Nest();
    }

    private MavenItem Item(bool isNumber, int end) =>
        isNumber ? new MavenNumber(_text[_start..end]) : new MavenQualifier(_text[_start..end], isFollowedByDigit: false);

    private void NestUnlessEmpty()
    {
        if (!_list.IsNull) Nest();
    }

    private void Nest()
    {
        var inner = new MavenList();
        _list.Add(inner);
        _lists.Push(inner);
        _list = inner;
    }
}
