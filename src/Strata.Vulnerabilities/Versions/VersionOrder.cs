namespace Strata.Vulnerabilities.Versions;

/// <summary>The order of an ecosystem's versions, exactly as its own tools have it.</summary>
public abstract class VersionOrder
{
    private protected VersionOrder()
    {
    }

    /// <summary>How <paramref name="left"/> stands to <paramref name="right"/>.</summary>
    public abstract VersionRelation Compare(string left, string right);

    /// <summary>Why the text is no version of the ecosystem; null when it is one.</summary>
    public abstract string? WhyInvalid(string version);
}
