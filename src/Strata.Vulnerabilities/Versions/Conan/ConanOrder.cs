using Strata.Vulnerabilities.Versions.Semantic;

namespace Strata.Vulnerabilities.Versions.Conan;

/// <summary>The order of Conan's versions: any number of parts, of which zeros at the end do not count, then a prerelease and a build.</summary>
internal sealed class ConanOrder : ParsedOrder<SemanticVersion>
{
    protected override string? Parse(string text, out SemanticVersion version)
    {
        version = SemanticParser.Split(text.AsMemory().Trim(), out _, out _);
        return version.Core.IsEmpty ? "it is empty" : null;
    }

    protected override int Order(SemanticVersion left, SemanticVersion right)
    {
        var order = Parts(left.Core.Span, right.Core.Span);
        if (order == 0) order = left.ComparePrerelease(right);
        return order != 0 ? order : Parts(left.Build.Span, right.Build.Span);
    }

    private static int Parts(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (!left.IsEmpty || !right.IsEmpty)
        {
            var a = Identifiers.Take(ref left);
            var b = Identifiers.Take(ref right);
            var order = (Digits.Are(a) || a.IsEmpty) && (Digits.Are(b) || b.IsEmpty) ? Digits.Compare(a, b) : a.SequenceCompareTo(b);
            if (order != 0) return order;
        }

        return 0;
    }
}
