namespace Strata.Vulnerabilities.Versions.Semantic;

/// <summary>The parts of a semantic version.</summary>
/// <param name="Core">The numbers with their dots: <c>1.2.3</c>.</param>
/// <param name="Prerelease">Without the hyphen; empty where there is none.</param>
/// <param name="Build">Without the plus; empty where there is none.</param>
internal readonly record struct SemanticVersion(ReadOnlyMemory<char> Core, ReadOnlyMemory<char> Prerelease, ReadOnlyMemory<char> Build)
{
    /// <summary>semver.org, section 11: negative when this one is earlier. The build has no part in it.</summary>
    public int Against(SemanticVersion other, bool asDoubles = false)
    {
        var order = CompareCore(other);
        return order != 0 ? order : ComparePrerelease(other, asDoubles);
    }

    public int CompareCore(SemanticVersion other)
    {
        var left = Core.Span;
        var right = other.Core.Span;
        while (!left.IsEmpty || !right.IsEmpty)
        {
            var order = Digits.Compare(Identifiers.Take(ref left), Identifiers.Take(ref right));
            if (order != 0) return order;
        }

        return 0;
    }

    public int ComparePrerelease(SemanticVersion other, bool asDoubles = false)
    {
        if (Prerelease.IsEmpty || other.Prerelease.IsEmpty) return (Prerelease.IsEmpty ? 1 : 0) - (other.Prerelease.IsEmpty ? 1 : 0);
        return Identifiers.Compare(Prerelease.Span, other.Prerelease.Span, asDoubles);
    }
}
