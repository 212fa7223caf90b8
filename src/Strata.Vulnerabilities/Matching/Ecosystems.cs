using Strata.Packages.Distributions;

namespace Strata.Vulnerabilities.Matching;

/// <summary>The OSV ecosystems of distributions and of kinds of packages. OSV schema, "Defined ecosystems".</summary>
internal static class Ecosystems
{
    /// <summary>
    /// The names under which OSV has the release, the plainest first; none for a distribution or release that it does not know. A star
    /// stands for anything: the products and repositories of one release.
    /// </summary>
    public static IReadOnlyList<string> Of(Distribution distribution) => distribution switch
    {
        { Id: "debian", VersionId: { } version } => [$"Debian:{Major(version)}"],
        { Id: "debian", Codename: { } name } => DebianReleases.Number(name) is { } number ? [$"Debian:{number}"] : [],
        { Id: "ubuntu", VersionId: { } version } => [$"Ubuntu:{version}", $"Ubuntu:{version}:LTS"],
        { Id: "alpine", VersionId: { } version } => [version.Contains('_', StringComparison.Ordinal) ? "Alpine:edge" : $"Alpine:v{Minor(version)}"],
        { Id: "wolfi" } => ["Wolfi"],
        { Id: "chainguard" } => ["Chainguard", "Wolfi"],
        { Id: "minimos" } => ["MinimOS"],
        { Id: "alpaquita", VersionId: { } version } => [$"Alpaquita:{version}"],
        { Id: "echo" } => ["Echo"],
        { Id: "almalinux" or "alma", VersionId: { } version } => [$"AlmaLinux:{Major(version)}"],
        { Id: "rocky", VersionId: { } version } => [$"Rocky Linux:{Major(version)}"],
        { Id: "rhel" or "redhat" or "centos", VersionId: { } version } =>
            [$"Red Hat:enterprise_linux:{Major(version)}", $"Red Hat:enterprise_linux:{Major(version)}::*"],
        { Id: "opensuse-tumbleweed" } => ["openSUSE:Tumbleweed"],
        { Id: "opensuse-leap" or "opensuse.leap" or "opensuse", VersionId: { } version } => [$"openSUSE:Leap {version}"],
        { Id: "sles" or "sled" or "sles_sap" or "suse" or "sle_hpc", VersionId: { } version } => [$"SUSE:*{ServicePack(version)}"],
        { Id: "openeuler", VersionId: { } version } => [$"openEuler:{version}{InParentheses(distribution.PrettyName)}"],
        { Id: "mageia", VersionId: { } version } => [$"Mageia:{version}"],
        { Id: "photon", VersionId: { } version } => [$"Photon OS:{version}"],
        { Id: "azurelinux" or "mariner" or "cbl-mariner", VersionId: { } version } => [$"Azure Linux:{Major(version)}"],
        _ => [],
    };

    /// <summary>The ecosystem of a language's packages by the purl type; null for those of distributions, and where OSV has none.</summary>
    public static string? OfType(string type) => type switch
    {
        "npm" => "npm",
        "pypi" => "PyPI",
        "maven" => "Maven",
        "golang" => "Go",
        "cargo" => "crates.io",
        "nuget" => "NuGet",
        "gem" => "RubyGems",
        "composer" => "Packagist",
        "pub" => "Pub",
        "hex" => "Hex",
        "conan" => "ConanCenter",
        "cran" => "CRAN",
        "hackage" => "Hackage",
        "bitnami" => "Bitnami",
        "swift" => "SwiftURL",
        "githubactions" or "github" => "GitHub Actions",
        _ => null,
    };

    public static bool IsOfDistribution(string type) => type is "deb" or "apk" or "rpm";

    /// <summary>Whether a name is one of those that <see cref="Of"/> gives.</summary>
    public static bool Fits(string pattern, string name)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0) return pattern == name;
        return name.Length >= pattern.Length - 1 && name.AsSpan().StartsWith(pattern.AsSpan(0, star)) && name.AsSpan().EndsWith(pattern.AsSpan(star + 1));
    }

    private static string Major(string version) => version.Split('.')[0];

    private static string Minor(string version) => string.Join('.', version.Split('.').Take(2));

    /// <summary><c>15.5</c> is <c> 15 SP5</c>.</summary>
    private static string ServicePack(string version)
    {
        var parts = version.Split('.');
        return parts.Length > 1 && parts[1] != "0" ? $" {parts[0]} SP{parts[1]}" : $" {parts[0]}";
    }

    /// <summary><c>openEuler 22.03 (LTS-SP1)</c> is <c>openEuler:22.03-LTS-SP1</c>.</summary>
    private static string InParentheses(string? name)
    {
        var open = name?.IndexOf('(', StringComparison.Ordinal) ?? -1;
        return open < 0 ? "" : $"-{name![(open + 1)..].TrimEnd(')')}";
    }
}
