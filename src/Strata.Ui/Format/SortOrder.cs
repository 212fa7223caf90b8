namespace Strata.Ui.Format;

/// <summary>A column to sort by as it stands in the address: <c>size</c>, or <c>-size</c> from the largest down.</summary>
public readonly record struct SortOrder(string Key, bool Descending)
{
    /// <summary>What is not among the allowed columns falls back: an address may be typed by hand.</summary>
    public static SortOrder Parse(string? text, SortOrder fallback, params IReadOnlyCollection<string> allowed)
    {
        if (string.IsNullOrEmpty(text)) return fallback;
        var descending = text[0] == '-';
        var key = descending ? text[1..] : text;
        return allowed.Contains(key, StringComparer.Ordinal) ? new SortOrder(key, descending) : fallback;
    }

    public override string ToString() => Descending ? "-" + Key : Key;

    /// <summary>Sorts the rows by a key; rows without one come last in either direction.</summary>
    public IEnumerable<T> Apply<T, TKey>(IEnumerable<T> rows, Func<T, TKey> key, IComparer<TKey>? comparer = null)
    {
        var known = rows.OrderBy(r => key(r) is null);
        return Descending ? known.ThenByDescending(key, comparer) : known.ThenBy(key, comparer);
    }
}
