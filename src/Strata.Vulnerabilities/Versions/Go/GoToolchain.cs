namespace Strata.Vulnerabilities.Versions.Go;

/// <summary>A version of Go itself: <c>go1.22.3</c>, <c>1.21rc2</c>. The parts as the package go/version has them; any may be empty.</summary>
internal readonly record struct GoToolchain(string Major, string Minor, string Patch, string Kind, string Pre)
{
    private const string Prefix = "go";

    public static bool IsMeant(ReadOnlySpan<char> text) => text.StartsWith(Prefix) || HasKind(text);

    /// <summary>Null when it is none.</summary>
    public static GoToolchain? TryParse(ReadOnlySpan<char> text)
    {
        if (text.StartsWith(Prefix)) text = text[Prefix.Length..];
        // What follows is the builder's own: go1.22.3-custom, go1.22.3 X:boringcrypto.
        var own = text.IndexOfAny('-', ' ', '+');
        if (own >= 0) text = text[..own];
        var major = TakeNumber(ref text);
        if (major is null) return null;
        if (text.IsEmpty) return new GoToolchain(major, "0", "0", "", "");
        if (text[0] != '.') return null;
        text = text[1..];
        var minor = TakeNumber(ref text);
        if (minor is null) return null;
        if (text.IsEmpty)
        {
            // Before Go 1.21 the first release of a minor version had no patch number.
            var patch = Digits.Compare(minor, "21") < 0 ? "0" : "";
            return new GoToolchain(major, minor, patch, "", "");
        }

        if (text[0] != '.') return WithKind(major, minor, "", text);
        text = text[1..];
        var third = TakeNumber(ref text);
        return third is null || !text.IsEmpty ? null : new GoToolchain(major, minor, third, "", "");
    }

    /// <summary>As the vulnerability database of Go writes it.</summary>
    public string ToSemantic()
    {
        var core = $"{Major}.{Minor}.{(Patch.Length == 0 ? "0" : Patch)}";
        return Kind.Length == 0 ? core : $"{core}-{Kind}.{(Pre.Length == 0 ? "0" : Pre)}";
    }

    /// <summary>Negative when this one is earlier.</summary>
    public int Against(GoToolchain other)
    {
        var order = Digits.Compare(Major, other.Major);
        if (order == 0) order = Digits.Compare(Minor, other.Minor);
        // None is before zero: the language version 1.21 is before its candidates, and they are before 1.21.0.
        if (order == 0) order = (Patch.Length == 0 ? 0 : 1) - (other.Patch.Length == 0 ? 0 : 1);
        if (order == 0) order = Digits.Compare(Patch, other.Patch);
        if (order == 0) order = string.CompareOrdinal(Kind, other.Kind);
        return order != 0 ? order : Digits.Compare(Pre, other.Pre);
    }

    private static GoToolchain? WithKind(string major, string minor, string patch, ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyInRange('0', '9');
        var kind = end < 0 ? text : text[..end];
        text = text[kind.Length..];
        if (kind.IsEmpty || kind.ContainsAnyExceptInRange('a', 'z')) return null;
        if (text.IsEmpty) return new GoToolchain(major, minor, patch, kind.ToString(), "");
        var pre = TakeNumber(ref text);
        return pre is null || !text.IsEmpty ? null : new GoToolchain(major, minor, patch, kind.ToString(), pre);
    }

    private static bool HasKind(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAnyExcept("0123456789.");
        return at > 0 && char.IsAsciiDigit(text[at - 1]) && (text[at..].StartsWith("rc") || text[at..].StartsWith("beta"));
    }

    /// <summary>Without leading zeros; null when there is no number.</summary>
    private static string? TakeNumber(ref ReadOnlySpan<char> text)
    {
        var digits = Digits.Take(ref text);
        return digits.IsEmpty || digits.Length > 1 && digits[0] == '0' ? null : digits.ToString();
    }
}
