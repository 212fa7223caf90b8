namespace Strata.Vulnerabilities.Versions;

/// <summary>The version orders by ecosystem.</summary>
public static class VersionOrders
{
    /// <summary>
    /// The order for a name that people or OSV use, case ignored: <c>deb</c>, <c>debian</c>, <c>ubuntu</c>, also with a release
    /// (<c>Debian:12</c>).
    /// </summary>
    /// <exception cref="UnknownEcosystemException">There is none.</exception>
    public static VersionOrder For(string ecosystem) =>
        TryFor(ecosystem) ?? throw new UnknownEcosystemException($"no version order for '{ecosystem}'");

    /// <summary>As <see cref="For"/>; null when there is none.</summary>
    public static VersionOrder? TryFor(string ecosystem) => throw new NotSupportedException(ecosystem);
}
