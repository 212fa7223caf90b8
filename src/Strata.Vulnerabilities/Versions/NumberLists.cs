using Strata.Vulnerabilities.Versions.Semantic;

namespace Strata.Vulnerabilities.Versions;

/// <summary>Numbers with dots between them, of which zeros at the end count.</summary>
internal static class NumberLists
{
    /// <summary>Of two that agree so far, the longer is later: 1 is before 1.0.</summary>
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var order = Digits.Compare(Identifiers.Take(ref left), Identifiers.Take(ref right));
            if (order != 0) return order;
        }

        return left.Length - right.Length;
    }
}
