using Strata.Vulnerabilities.Versions.Semantic;

namespace Strata.Vulnerabilities.Versions.Conan;

/// <summary>The order of Conan's versions: any number of parts, of which zeros at the end do not count, then a prerelease and a build.</summary>
internal sealed class ConanOrder : ParsedOrder<SemanticVersion>
{
    protected override string? Parse(string text, out SemanticVersion version)
    {
        var rest = text.AsMemory().Trim();
        var plus = rest.Span.IndexOf('+');
        var build = plus < 0 ? default : rest[(plus + 1)..];
        if (plus >= 0) rest = rest[..plus];
        var hyphen = rest.Span.IndexOf('-');
        var prerelease = hyphen < 0 ? default : rest[(hyphen + 1)..];
        if (hyphen >= 0) rest = rest[..hyphen];
        version = new SemanticVersion(rest, prerelease, build);
        return rest.IsEmpty ? "it is empty" : null;
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
