namespace Strata.Build.Dockerfiles;

/// <summary>What became of a word.</summary>
/// <param name="Words">The text cut at blanks that no quote covers.</param>
/// <param name="Found">Variables that were asked for and are set.</param>
/// <param name="Missing">Variables that were asked for and are not set.</param>
internal sealed record Expansion(string Text, IReadOnlyList<string> Words, IReadOnlySet<string> Found, IReadOnlySet<string> Missing);
