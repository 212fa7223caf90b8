namespace Strata.Vulnerabilities.Versions.Semantic;

/// <summary>What an ecosystem takes beyond, or instead of, <c>major.minor.patch[-prerelease][+build]</c> of semver.org.</summary>
internal sealed record SemanticGrammar
{
    /// <summary>A leading <c>v</c>.</summary>
    public bool Prefix { get; init; }

    /// <summary>Minor and patch may be missing, and are 0.</summary>
    public bool Short { get; init; }

    /// <summary>More numbers than three.</summary>
    public bool Long { get; init; }

    public bool LeadingZeros { get; init; }

    /// <summary>White space around it.</summary>
    public bool Trimmed { get; init; }

    public int MostCharacters { get; init; } = int.MaxValue;

    /// <summary>The greatest major, minor or patch; null without a limit.</summary>
    public ulong? MostNumber { get; init; }
}
