using System.Runtime.InteropServices;

namespace Strata.Registry.Server;

/// <summary>The labels of a measurement, as the key of what was measured with them: up to four without an object of their own, more with one.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct LabelSet : IEquatable<LabelSet>
{
    private readonly KeyValuePair<string, object?> _first;
    private readonly KeyValuePair<string, object?> _second;
    private readonly KeyValuePair<string, object?> _third;
    private readonly KeyValuePair<string, object?>[]? _more;
    private readonly int _hash;

    public LabelSet(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Count = tags.Length;
        if (Count > 0) _first = tags[0];
        if (Count > 1) _second = tags[1];
        if (Count > 2) _third = tags[2];
        if (Count > 3) _more = tags[3..].ToArray();
        var hash = new HashCode();
        // The names are those of the instrument, always in one order; the values tell one set from another.
        foreach (var tag in tags) hash.Add(tag.Value);
        _hash = hash.ToHashCode();
    }

    public int Count { get; }

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => _first,
        1 => _second,
        2 => _third,
        _ => _more![index - 3],
    };

    public bool Equals(LabelSet other)
    {
        if (_hash != other._hash || Count != other.Count) return false;
        for (var i = 0; i < Count; i++)
        {
            var (mine, its) = (this[i], other[i]);
            if (!ReferenceEquals(mine.Value, its.Value) && !Equals(mine.Value, its.Value)) return false;
            if (!string.Equals(mine.Key, its.Key, StringComparison.Ordinal)) return false;
        }
        return true;
    }

    public override bool Equals(object? obj) => obj is LabelSet other && Equals(other);

    public override int GetHashCode() => _hash;
}
