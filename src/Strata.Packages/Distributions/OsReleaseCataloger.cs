using Strata.Packages.Catalogers;

namespace Strata.Packages.Distributions;

/// <summary>The two places of os-release. <c>etc/os-release</c> is often a link to the other; the merge falls back to that.</summary>
internal sealed class OsReleaseCataloger : ICataloger
{
    public const string First = "etc/os-release";
    public const string Second = "usr/lib/os-release";

    public IReadOnlyList<string> Places { get; } = [First, Second];

    public bool Wants(FileCandidate file) => file.Path is First or Second;

    public DocumentReader Open(FileCandidate file) => new OsReleaseReader(file.Path);
}
