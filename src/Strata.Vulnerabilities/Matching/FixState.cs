namespace Strata.Vulnerabilities.Matching;

/// <summary>What the vendor says of a fix.</summary>
public enum FixState
{
    /// <summary>There is none so far, and nobody says why.</summary>
    NotFixed,
    Fixed,

    /// <summary>There will be none of its own: minor issues of Debian (no-dsa, ignored), "will not fix".</summary>
    WontFix,

    /// <summary>One is to come together with another.</summary>
    Deferred,

    /// <summary>The release or the package is no longer looked after.</summary>
    EndOfLife,
}
