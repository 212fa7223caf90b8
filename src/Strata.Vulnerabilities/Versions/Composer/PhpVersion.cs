using System.Text;

namespace Strata.Vulnerabilities.Versions.Composer;

/// <summary>PHP's version_compare: parts between dots, and wherever digits and letters touch.</summary>
internal static class PhpVersion
{
    /// <summary>What stands for a number where a word is compared with one.</summary>
    private const string Number = "#N#";

    public static int Compare(string left, string right) => CompareParts(Parts(left), Parts(right));

    private static int CompareParts(ReadOnlySpan<string> left, ReadOnlySpan<string> right)
    {
        // An empty part ends the comparison like the end of the text, but as one that has more to come.
        var i = 0;
        for (; i < left.Length && i < right.Length && left[i].Length > 0 && right[i].Length > 0; i++)
        {
            var order = ComparePart(left[i], right[i]);
            if (order != 0) return order;
        }

        if (i < left.Length) return AgainstNothing(left[i]);
        return i < right.Length ? -AgainstNothing(right[i]) : 0;
    }

    /// <summary>A number that only one has makes it later; a word is compared with a number that is not there; an empty part is before it.</summary>
    private static int AgainstNothing(string part) => IsNumber(part) ? 1 : part.Length == 0 ? -1 : ComparePart(part, Number);

    private static int ComparePart(string left, string right)
    {
        var (isNumber, isOtherNumber) = (IsNumber(left), IsNumber(right));
        if (isNumber && isOtherNumber) return Digits.Compare(left, right);
        return Rank(isNumber ? Number : left).CompareTo(Rank(isOtherNumber ? Number : right));
    }

    private static bool IsNumber(string part) => part.Length > 0 && char.IsAsciiDigit(part[0]);

    /// <summary>Any other word is before all of these.</summary>
    private static int Rank(string part)
    {
        if (part.StartsWith("dev", StringComparison.Ordinal)) return 0;
        if (part.StartsWith('a')) return 1;
        if (part.StartsWith('b')) return 2;
        if (part.StartsWith("RC", StringComparison.Ordinal) || part.StartsWith("rc", StringComparison.Ordinal)) return 3;
        if (part.StartsWith('#')) return 4;
        return part.StartsWith('p') ? 5 : -1;
    }

    private static string[] Parts(string version)
    {
        var text = new StringBuilder(version.Length + 8);
        var previous = '.';
        foreach (var c in version)
        {
            var turns = IsWord(previous) && !IsSign(previous) && char.IsAsciiDigit(c) || char.IsAsciiDigit(previous) && IsWord(c) && !IsSign(c);
            var isKept = text.Length == 0 || turns || char.IsAsciiLetterOrDigit(c);
            if ((turns || !isKept) && text[^1] != '.') text.Append('.');
            if (isKept) text.Append(c);
            previous = c;
        }

        return text.ToString().Split('.');
    }

    private static bool IsWord(char c) => !char.IsAsciiDigit(c) && c != '.';

    private static bool IsSign(char c) => c is '-' or '_' or '+';
}
