using System.Globalization;

namespace Strata.Vulnerabilities.Versions.Semantic;

/// <summary>Identifiers with dots between them: the prerelease and the build of a semantic version.</summary>
internal static class Identifiers
{
    /// <summary>Numbers by value and before words, words by their characters; of two that agree so far, the longer is later.</summary>
    /// <param name="asDoubles">Numbers are what JavaScript makes of them, so that very great ones may be equal.</param>
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right, bool asDoubles = false)
    {
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var a = Take(ref left);
            var b = Take(ref right);
            var (isNumber, isOtherNumber) = (Digits.Are(a), Digits.Are(b));
            var order = isNumber && isOtherNumber ? (asDoubles ? Double(a).CompareTo(Double(b)) : Digits.Compare(a, b))
                : isNumber != isOtherNumber ? (isNumber ? -1 : 1)
                : a.SequenceCompareTo(b);
            if (order != 0) return order;
        }

        return left.Length - right.Length;
    }

    private static double Double(ReadOnlySpan<char> digits) => double.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    public static ReadOnlySpan<char> Take(scoped ref ReadOnlySpan<char> text)
    {
        var dot = text.IndexOf('.');
        var taken = dot < 0 ? text : text[..dot];
        text = dot < 0 ? default : text[(dot + 1)..];
        return taken;
    }
}
