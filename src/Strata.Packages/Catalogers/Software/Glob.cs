namespace Strata.Packages.Catalogers.Software;

/// <summary>File names with at most two <c>*</c>: fast, as it is asked of every file.</summary>
internal static class Glob
{
    public static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var star = pattern.IndexOf('*');
        if (star < 0) return name.SequenceEqual(pattern);
        if (!name.StartsWith(pattern[..star], StringComparison.Ordinal)) return false;
        var rest = pattern[(star + 1)..];
        var left = name[star..];
        var second = rest.IndexOf('*');
        if (second < 0) return left.EndsWith(rest, StringComparison.Ordinal);
        var middle = left.IndexOf(rest[..second], StringComparison.Ordinal);
        return middle >= 0 && left[(middle + second)..].EndsWith(rest[(second + 1)..], StringComparison.Ordinal);
    }
}
