namespace Strata.Ui.Format;

/// <summary>
/// The order in which people look for a tag: latest first, then versions from the newest down, numbers read as numbers (3.10 after 3.9),
/// a pre-release behind its release; names without a version come last, from a to z.
/// </summary>
public sealed class TagOrder : IComparer<string>
{
    public static TagOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        if (ReferenceEquals(x, y)) return 0;
        if (x is null) return 1;
        if (y is null) return -1;
        var byRank = Rank(x).CompareTo(Rank(y));
        if (byRank != 0) return byRank;
        if (Rank(x) > 1) return CompareNatural(x, y);
        var newest = -CompareNatural(Release(x), Release(y));
        if (newest != 0) return newest;
        // The same release: the plain tag before its variants, a release before its candidates.
        var byMaturity = IsPrerelease(x).CompareTo(IsPrerelease(y));
        if (byMaturity != 0) return byMaturity;
        var natural = CompareNatural(x, y);
        return IsPrerelease(x) ? -natural : natural;
    }

    private static int Rank(string tag) => tag switch
    {
        "latest" => 0,
        _ when char.IsAsciiDigit(Release(tag).FirstOrDefault()) => 1,
        _ => 2,
    };

    private static string Release(string tag)
    {
        var text = tag.Length > 1 && tag[0] is 'v' or 'V' && char.IsAsciiDigit(tag[1]) ? tag[1..] : tag;
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.')) end++;
        return end == 0 ? text : text[..end];
    }

    private static bool IsPrerelease(string tag) =>
        new[] { "alpha", "beta", "rc", "preview", "nightly", "dev" }.Any(mark => tag.Contains(mark, StringComparison.OrdinalIgnoreCase));

    private static int CompareNatural(string x, string y)
    {
        int i = 0, j = 0;
        while (i < x.Length && j < y.Length)
        {
            if (char.IsAsciiDigit(x[i]) && char.IsAsciiDigit(y[j]))
            {
                var a = Digits(x, ref i);
                var b = Digits(y, ref j);
                var byValue = a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
                if (byValue != 0) return byValue;
                continue;
            }
            if (x[i] != y[j]) return x[i].CompareTo(y[j]);
            i++;
            j++;
        }
        return (x.Length - i).CompareTo(y.Length - j);
    }

    private static ReadOnlySpan<char> Digits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return text.AsSpan(start, at - start).TrimStart('0');
    }
}
