namespace Strata.Vulnerabilities.Versions.Debian;

/// <summary>
/// The order of an upstream version or a revision. deb-version(7), "Sorting algorithm": by turns a run of non-digits, where <c>~</c> is
/// before everything (even the end) and letters are before the rest, and a run of digits as a number of any length.
/// </summary>
internal static class DebianPart
{
    private const int AfterLetters = 256;

    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int i = 0, j = 0;
        while (i < left.Length || j < right.Length)
        {
            while (IsText(left, i) || IsText(right, j))
            {
                var difference = Weight(left, i++) - Weight(right, j++);
                if (difference != 0) return difference;
            }

            var a = Digits(left, ref i);
            var b = Digits(right, ref j);
            if (a.Length != b.Length) return a.Length - b.Length;
            var order = a.SequenceCompareTo(b);
            if (order != 0) return order;
        }

        return 0;
    }

    private static bool IsText(ReadOnlySpan<char> text, int at) => at < text.Length && !char.IsAsciiDigit(text[at]);

    /// <summary>The end and a digit weigh the same: the non-digits are over.</summary>
    private static int Weight(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length || char.IsAsciiDigit(text[at])) return 0;
        var c = text[at];
        if (char.IsAsciiLetter(c)) return c;
        return c == '~' ? -1 : c + AfterLetters;
    }

    /// <summary>The number at this place without leading zeros, so that a longer one is a greater one.</summary>
    private static ReadOnlySpan<char> Digits(ReadOnlySpan<char> text, ref int at)
    {
        while (at < text.Length && text[at] == '0') at++;
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return text[start..at];
    }
}
