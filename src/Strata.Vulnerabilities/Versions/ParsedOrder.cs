using System.Diagnostics.CodeAnalysis;

namespace Strata.Vulnerabilities.Versions;

/// <summary>An order whose versions are read first: what cannot be read stands nowhere.</summary>
internal abstract class ParsedOrder<T> : VersionOrder
{
    public sealed override VersionRelation Compare(string left, string right)
    {
        if (Parse(left, out var a) is not null || Parse(right, out var b) is not null) return VersionRelation.Unknown;
        return Order(a!, b!) switch { < 0 => VersionRelation.Before, > 0 => VersionRelation.After, _ => VersionRelation.Equal };
    }

    public sealed override string? WhyInvalid(string version) => Parse(version, out _);

    /// <summary>Why the text is no version; null when it is one.</summary>
    protected abstract string? Parse(string text, [MaybeNull] out T version);

    /// <summary>Negative when <paramref name="left"/> is earlier.</summary>
    protected abstract int Order(T left, T right);
}
