using System.Diagnostics.CodeAnalysis;

namespace Strata.Vulnerabilities.Versions.Maven;

/// <summary>The order of Maven's ComparableVersion, for which every text is a version.</summary>
internal sealed class MavenOrder : ParsedOrder<MavenList>
{
    /// <summary>Lists lie in each other, one a hyphen; a version has a few.</summary>
    internal const int MostCharacters = 1024;

    protected override string? Parse(string text, [MaybeNull] out MavenList version)
    {
        version = text.Length is 0 or > MostCharacters ? null : MavenParser.Parse(text);
        return version is null ? $"it has {text.Length} characters; 1 to {MostCharacters} are compared" : null;
    }

    protected override int Order(MavenList left, MavenList right) => left.Against(right);
}
