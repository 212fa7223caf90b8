namespace Strata.Vulnerabilities.Versions.Semantic;

/// <summary>Bitnami's order: semantic versions, but a number alone after the hyphen is a revision of the package, and later.</summary>
internal sealed class BitnamiOrder : ParsedOrder<SemanticVersion>
{
    private static readonly SemanticGrammar Grammar = new() { Prefix = true, Short = true, Long = true, LeadingZeros = true };

    protected override string? Parse(string text, out SemanticVersion version) => SemanticParser.Parse(text, Grammar, out version);

    protected override int Order(SemanticVersion left, SemanticVersion right)
    {
        var order = left.CompareCore(right);
        if (order != 0) return order;
        var a = left.Prerelease.Span;
        var b = right.Prerelease.Span;
        var (isRevision, isOtherRevision) = (IsRevision(a), IsRevision(b));
        if (isRevision && isOtherRevision) return Digits.Compare(a, b);
        return isRevision == isOtherRevision ? left.ComparePrerelease(right) : isRevision ? 1 : -1;
    }

    /// <summary>A version without any has revision 0.</summary>
    private static bool IsRevision(ReadOnlySpan<char> text) => text.IsEmpty || Digits.Are(text);
}
