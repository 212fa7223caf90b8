using Strata.Vulnerabilities.Versions.Debian;

namespace Strata.Vulnerabilities.Versions;

/// <summary>The version orders by ecosystem.</summary>
public static class VersionOrders
{
    private static readonly DebianOrder Debian = new();

    /// <summary>
    /// The order for a name that people or OSV use, case ignored: <c>deb</c>, <c>debian</c>, <c>ubuntu</c>, also with a release
    /// (<c>Debian:12</c>).
    /// </summary>
    /// <exception cref="UnknownEcosystemException">There is none; the message names those that are.</exception>
    public static VersionOrder For(string ecosystem) => TryFor(ecosystem)
        ?? throw new UnknownEcosystemException($"no version order is known for '{ecosystem}'; known are deb, debian, ubuntu");

    /// <summary>As <see cref="For"/>; null when there is none.</summary>
    public static VersionOrder? TryFor(string ecosystem)
    {
        var colon = ecosystem.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? ecosystem : ecosystem[..colon];
        return name.ToLowerInvariant() switch
        {
            "deb" or "debian" or "dpkg" or "ubuntu" => Debian,
            _ => null,
        };
    }
}
