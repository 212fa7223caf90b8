using System.Globalization;

namespace Strata.Images.Bases;

/// <summary>
/// A tag taken apart as publishers of images make them: a version, and which variant of it. <c>3.11-slim-bookworm</c> is 3.11 as <c>slim-bookworm</c>;
/// <c>latest</c> and <c>bookworm-slim</c> have no version.
/// </summary>
/// <param name="Numbers">Empty where there is none.</param>
/// <param name="Variant">Without the hyphen before it; empty for the plain one.</param>
internal sealed record TagVersion(IReadOnlyList<int> Numbers, string Variant)
{
    private static readonly string[] SmallWords = ["slim", "alpine", "minimal", "distroless", "micro"];

    /// <summary>Words that say how small it is.</summary>
    public bool IsSmall => Words.Any(w => SmallWords.Any(s => w.StartsWith(s, StringComparison.Ordinal)));

    private IEnumerable<string> Words => Variant.Split('-', StringSplitOptions.RemoveEmptyEntries);

    public static TagVersion Parse(string tag)
    {
        var numbers = new List<int>();
        var rest = tag.AsSpan();
        if (rest is ['v', >= '0' and <= '9', ..]) rest = rest[1..];
        while (true)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits < 0) digits = rest.Length;
            if (digits == 0 || !int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) break;
            numbers.Add(number);
            rest = rest[digits..];
            if (rest is not ['.', >= '0' and <= '9', ..]) break;
            rest = rest[1..];
        }

        return rest.Length == 0 || rest[0] == '-'
            ? new TagVersion(numbers, rest.TrimStart('-').ToString())
            : new TagVersion([], tag); // 3.12rc1, or a commit's hash: it is no version that could be put in order
    }

    /// <summary>The same variant in a later version, said as exactly: 3.12 after 3.11, but not 3.11.9 and not 4.</summary>
    public bool IsNewerThan(TagVersion other) =>
        Variant == other.Variant && Numbers.Count == other.Numbers.Count && Compare(other) > 0;

    /// <summary>The same version with less in it: a variant that the other has not.</summary>
    public bool IsSmallerThan(TagVersion other) =>
        IsSmall && !other.IsSmall && Numbers.SequenceEqual(other.Numbers) && (Numbers.Count > 0 || other.Words.All(Words.Contains));

    public int Compare(TagVersion other)
    {
        for (var i = 0; i < Math.Min(Numbers.Count, other.Numbers.Count); i++)
        {
            if (Numbers[i] != other.Numbers[i]) return Numbers[i].CompareTo(other.Numbers[i]);
        }

        return Numbers.Count.CompareTo(other.Numbers.Count);
    }
}
