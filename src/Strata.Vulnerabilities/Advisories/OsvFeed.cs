namespace Strata.Vulnerabilities.Advisories;

/// <summary>Where OSV publishes its records: one zip per ecosystem. OSV documentation, "Data dumps".</summary>
public static class OsvFeed
{
    /// <summary>The ecosystems whose packages are catalogued and compared: what an update fetches when it is told nothing else.</summary>
    public static IReadOnlyList<string> Usual { get; } = ["Debian", "Ubuntu"];

    /// <summary>The URL for <see cref="AdvisoryUpdater.UpdateAsync"/>; the ecosystem may name a release: <c>Debian:12</c>.</summary>
    public static string UrlOf(string ecosystem) =>
        $"https://storage.googleapis.com/osv-vulnerabilities/{Uri.EscapeDataString(ecosystem)}/all.zip";
}
