namespace Strata.Images;

/// <summary>In what another base differs from the one that an image has.</summary>
public enum AlternativeKind
{
    /// <summary>The same tag as it is now.</summary>
    Refreshed,

    /// <summary>A later version of the same variant.</summary>
    Newer,

    /// <summary>The same version with less in it.</summary>
    Smaller,
}
