namespace Strata.Packages.Catalogers.Java;

/// <summary>The coordinates of an artifact, as far as a document says them.</summary>
internal sealed record MavenName(string Group, string Artifact, string Version)
{
    /// <summary>What a build did not fill in is no name.</summary>
    public bool IsWhole => IsSet(Artifact) && IsSet(Version);

    public bool HasGroup => IsSet(Group);

    private static bool IsSet(string text) => text.Length > 0 && !text.Contains("${", StringComparison.Ordinal) && !text.StartsWith('@');
}
