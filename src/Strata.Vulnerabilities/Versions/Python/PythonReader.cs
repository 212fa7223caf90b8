namespace Strata.Vulnerabilities.Versions.Python;

/// <summary>Reads a version as PEP 440 has it, appendix B; every spelling that is normalized there is taken.</summary>
internal ref struct PythonReader(ReadOnlySpan<char> text)
{
    private const string Separators = "-_.";
    private ReadOnlySpan<char> _rest = text;

    /// <summary>Null when it is none.</summary>
    public static PythonVersion? Read(string text) => new PythonReader(text.AsSpan().Trim()).Version();

    private PythonVersion? Version()
    {
        TakeWord("v");
        var epoch = Epoch();
        var release = Release();
        if (release is null) return null;
        var kind = Kind();
        var pre = kind is null ? null : Number();
        var post = Post();
        var dev = TakeMarked("dev") ? Number() : null;
        var local = Local();
        if (!_rest.IsEmpty) return null;
        return new PythonVersion { Epoch = epoch, Release = release, PreKind = kind, Pre = pre, Post = post, Dev = dev, Local = local };
    }

    private string Epoch()
    {
        var rest = _rest;
        var digits = Digits.Take(ref rest);
        if (digits.IsEmpty || !rest.StartsWith("!")) return "";
        _rest = rest[1..];
        return digits.ToString();
    }

    private string? Release()
    {
        var start = _rest;
        if (Digits.Take(ref _rest).IsEmpty) return null;
        while (_rest.Length > 1 && _rest[0] == '.' && char.IsAsciiDigit(_rest[1]))
        {
            _rest = _rest[1..];
            Digits.Take(ref _rest);
        }

        var release = start[..^_rest.Length];
        while (release.EndsWith("0"))
        {
            var shorter = release.TrimEnd('0');
            if (!shorter.EndsWith(".")) break;
            release = shorter[..^1];
        }

        return release.ToString();
    }

    private string? Kind()
    {
        if (TakeMarked("alpha") || TakeMarked("a")) return "a";
        if (TakeMarked("beta") || TakeMarked("b")) return "b";
        return TakeMarked("preview") || TakeMarked("pre") || TakeMarked("rc") || TakeMarked("c") ? "rc" : null;
    }

    private string? Post()
    {
        if (_rest.Length > 1 && _rest[0] == '-' && char.IsAsciiDigit(_rest[1]))
        {
            _rest = _rest[1..];
            return Digits.Take(ref _rest).ToString();
        }

        return TakeMarked("post") || TakeMarked("rev") || TakeMarked("r") ? Number() : null;
    }

    /// <summary>The number after a word, with a separator or without; nothing is 0.</summary>
    private string Number()
    {
        if (!_rest.IsEmpty && Separators.Contains(_rest[0])) _rest = _rest[1..];
        return Digits.Take(ref _rest).ToString();
    }

    private string? Local()
    {
        if (!_rest.StartsWith("+")) return null;
        var local = _rest[1..].ToString().ToLowerInvariant().Replace('-', '.').Replace('_', '.');
        foreach (var part in local.Split('.'))
        {
            if (part.Length == 0 || !part.All(char.IsAsciiLetterOrDigit)) return null;
        }

        _rest = default;
        return local;
    }

    private bool TakeMarked(ReadOnlySpan<char> word)
    {
        var rest = _rest;
        if (!rest.IsEmpty && Separators.Contains(rest[0])) rest = rest[1..];
        if (!rest.StartsWith(word, StringComparison.OrdinalIgnoreCase)) return false;
        _rest = rest[word.Length..];
        return true;
    }

    private void TakeWord(ReadOnlySpan<char> word)
    {
        if (_rest.StartsWith(word, StringComparison.OrdinalIgnoreCase)) _rest = _rest[word.Length..];
    }
}
