using Strata.Vulnerabilities.Matching;

namespace Strata.Vulnerabilities.Osv;

/// <summary>The ranges, listed versions and own severities of an <c>affected[]</c>; stored as JSON.</summary>
internal sealed record OsvVersions
{
    public IReadOnlyList<OsvRange>? Ranges { get; init; }

    public IReadOnlyList<string>? Listed { get; init; }

    public IReadOnlyList<OsvSeverity>? Severities { get; init; }

    /// <summary>The word of <c>ecosystem_specific</c> or <c>database_specific</c>, such as <c>unimportant</c>.</summary>
    public string? Word { get; init; }

    /// <summary>Announcements that may say what these versions leave open: which version of this release is mended. Where one does, it decides.</summary>
    public IReadOnlyList<string>? Announcements { get; init; }

    /// <summary>What the vendor says of a fix, where that is more than the ranges say.</summary>
    public FixState? State { get; init; }
}
