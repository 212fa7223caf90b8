namespace Strata.Vulnerabilities.Versions.Rpm;

/// <summary>
/// The order of an epoch, a version or a release, as rpmvercmp has it: by turns runs of digits and runs of letters, whatever lies between
/// them. <c>~</c> is before everything, even the end; <c>^</c> is after the end and before everything else.
/// </summary>
internal static class RpmPart
{
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (true)
        {
            SkipSeparators(ref left);
            SkipSeparators(ref right);
            if (StartsWith(left, '~') || StartsWith(right, '~'))
            {
                if (!StartsWith(left, '~')) return 1;
                if (!StartsWith(right, '~')) return -1;
                left = left[1..];
                right = right[1..];
                continue;
            }

            if (StartsWith(left, '^') || StartsWith(right, '^'))
            {
                if (left.IsEmpty) return -1;
                if (right.IsEmpty) return 1;
                if (left[0] != '^') return 1;
                if (right[0] != '^') return -1;
                left = left[1..];
                right = right[1..];
                continue;
            }

            if (left.IsEmpty || right.IsEmpty) return left.Length - right.Length;
            var order = CompareRun(ref left, ref right);
            if (order != 0) return order;
        }
    }

    private static int CompareRun(ref ReadOnlySpan<char> left, ref ReadOnlySpan<char> right)
    {
        var isNumber = char.IsAsciiDigit(left[0]);
        var a = TakeRun(ref left, isNumber);
        var b = TakeRun(ref right, isNumber);
        // A number is later than letters.
        if (b.IsEmpty) return isNumber ? 1 : -1;
        return isNumber ? Digits.Compare(a, b) : a.SequenceCompareTo(b);
    }

    private static ReadOnlySpan<char> TakeRun(ref ReadOnlySpan<char> text, bool isNumber)
    {
        var end = 0;
        while (end < text.Length && (isNumber ? char.IsAsciiDigit(text[end]) : char.IsAsciiLetter(text[end]))) end++;
        var run = text[..end];
        text = text[end..];
        return run;
    }

    private static void SkipSeparators(ref ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && !char.IsAsciiLetterOrDigit(text[0]) && text[0] is not ('~' or '^')) text = text[1..];
    }

    private static bool StartsWith(ReadOnlySpan<char> text, char c) => !text.IsEmpty && text[0] == c;
}
