namespace Strata.Vulnerabilities.Feeds;

/// <summary>Where publishers keep their data: what an update fetches when it is told nothing else.</summary>
public static class PublishedFeeds
{
    /// <summary>OSV's zips of the ecosystems whose packages are catalogued, and what OSV has not: Debian's states, and what is known of CVEs.</summary>
    public static IReadOnlyList<PublishedFeed> All { get; } =
    [
        .. new[]
        {
            "Debian", "Ubuntu", "Alpine", "Wolfi", "Chainguard", "AlmaLinux", "Rocky Linux", "Red Hat", "openSUSE", "SUSE", "Azure Linux",
            "npm", "PyPI", "Maven", "Go", "crates.io", "NuGet", "RubyGems", "Packagist", "Pub", "Hex", "ConanCenter", "CRAN", "Hackage", "SwiftURL", "Bitnami",
        }.Select(OfOsv),
        new("debian-tracker", "https://security-tracker.debian.org/tracker/data/json"),
        new("kev", "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json"),
        new("epss", "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz"),
    ];

    /// <summary>OSV documentation, "Data dumps": one zip per ecosystem.</summary>
    private static PublishedFeed OfOsv(string ecosystem) =>
        new(ecosystem.ToLowerInvariant().Replace(' ', '-'), $"https://osv-vulnerabilities.storage.googleapis.com/{Uri.EscapeDataString(ecosystem)}/all.zip");
}
