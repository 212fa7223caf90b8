namespace Strata.Vulnerabilities.Versions.Maven;

/// <summary>A number, a qualifier, or a list of items of a Maven version.</summary>
internal abstract class MavenItem
{
    /// <summary>Whether it may be left out at the end: 0, an empty qualifier, an empty list.</summary>
    public abstract bool IsNull { get; }

    /// <summary>Negative when this one is earlier; null stands for an item that the other version has not.</summary>
    public abstract int Against(MavenItem? other);
}
