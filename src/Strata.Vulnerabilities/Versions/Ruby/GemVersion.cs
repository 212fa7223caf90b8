namespace Strata.Vulnerabilities.Versions.Ruby;

/// <summary>A version of RubyGems as its segments, without those that are zero at the end of the numbers and at the end of all.</summary>
internal sealed class GemVersion
{
    private readonly List<string> _segments = [];

    private GemVersion(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var length = RunLength(text);
            // Nothing but dots lies between the segments.
            if (length > 0) Add(text[..length].ToString());
            text = text[Math.Max(length, 1)..];
        }

        DropZeros();
    }

    /// <summary>Null when Gem::Version.correct? says no.</summary>
    public static GemVersion? TryParse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0) trimmed = "0";
        return IsCorrect(trimmed) ? new GemVersion(trimmed.Replace("-", ".pre.", StringComparison.Ordinal)) : null;
    }

    /// <summary>Negative when this one is earlier.</summary>
    public int Against(GemVersion other)
    {
        var others = other._segments;
        for (var i = 0; i < Math.Max(_segments.Count, others.Count); i++)
        {
            var (left, right) = (At(_segments, i), At(others, i));
            var (isNumber, isOtherNumber) = (Digits.Are(left), Digits.Are(right));
            if (isNumber != isOtherNumber) return isNumber ? 1 : -1;
            var order = isNumber ? Digits.Compare(left, right) : string.CompareOrdinal(left, right);
            if (order != 0) return order;
        }

        return 0;
    }

    private static string At(List<string> segments, int index) => index < segments.Count ? segments[index] : "0";

    private void Add(string segment)
    {
        // The numbers before the first word end here.
        if (!Digits.Are(segment) && _segments.TrueForAll(s => Digits.Are(s))) DropZeros();
        _segments.Add(segment);
    }

    private void DropZeros()
    {
        while (_segments.Count > 0 && Digits.Are(_segments[^1]) && _segments[^1].AsSpan().TrimStart('0').IsEmpty) _segments.RemoveAt(_segments.Count - 1);
    }

    private static int RunLength(ReadOnlySpan<char> text)
    {
        var end = 0;
        if (char.IsAsciiDigit(text[0])) while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        else while (end < text.Length && char.IsAsciiLetter(text[end])) end++;
        return end;
    }

    /// <summary>Digits, then letters and digits with dots between them; after a first hyphen also hyphens.</summary>
    private static bool IsCorrect(ReadOnlySpan<char> text)
    {
        var hyphen = text.IndexOf('-');
        var first = hyphen < 0 ? text : text[..hyphen];
        if (!char.IsAsciiDigit(text[0]) || !AreParts(first, hyphens: false)) return false;
        var dot = first.IndexOf('.');
        if (!Digits.Are(dot < 0 ? first : first[..dot])) return false;
        return hyphen < 0 || AreParts(text[(hyphen + 1)..], hyphens: true);
    }

    private static bool AreParts(ReadOnlySpan<char> text, bool hyphens)
    {
        var previous = '.';
        foreach (var c in text)
        {
            if (c == '.' ? previous == '.' : !char.IsAsciiLetterOrDigit(c) && !(hyphens && c == '-')) return false;
            previous = c;
        }

        return previous != '.';
    }
}
