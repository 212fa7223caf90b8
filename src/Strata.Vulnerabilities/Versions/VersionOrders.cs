using System.Collections.Frozen;
using Strata.Vulnerabilities.Versions.Alpine;
using Strata.Vulnerabilities.Versions.Composer;
using Strata.Vulnerabilities.Versions.Conan;
using Strata.Vulnerabilities.Versions.Debian;
using Strata.Vulnerabilities.Versions.Go;
using Strata.Vulnerabilities.Versions.Haskell;
using Strata.Vulnerabilities.Versions.Maven;
using Strata.Vulnerabilities.Versions.NuGet;
using Strata.Vulnerabilities.Versions.Python;
using Strata.Vulnerabilities.Versions.R;
using Strata.Vulnerabilities.Versions.Rpm;
using Strata.Vulnerabilities.Versions.Ruby;
using Strata.Vulnerabilities.Versions.Semantic;

namespace Strata.Vulnerabilities.Versions;

/// <summary>The version orders by ecosystem.</summary>
public static class VersionOrders
{
    private const string Known = "deb, rpm, apk, npm, pypi, maven, gem, nuget, go, cargo, composer, pub, hex, conan, cran, hackage, bitnami, swift, semver, "
        + "and the ecosystems of OSV by their names";

    /// <summary>The greatest whole number that JavaScript has exactly; npm takes none that is greater.</summary>
    private const ulong GreatestOfNode = 9_007_199_254_740_991;

    private static readonly FrozenDictionary<string, VersionOrder> ByName = Names().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The order for a name that people, purl or OSV use, case ignored: <c>deb</c>, <c>PyPI</c>, <c>Rocky Linux</c>; also with a release
    /// (<c>Debian:12</c>).
    /// </summary>
    /// <exception cref="UnknownEcosystemException">There is none; the message names those that are.</exception>
    public static VersionOrder For(string ecosystem) =>
        TryFor(ecosystem) ?? throw new UnknownEcosystemException($"no version order is known for '{ecosystem}'; known are {Known}");

    /// <summary>As <see cref="For"/>; null when there is none.</summary>
    public static VersionOrder? TryFor(string ecosystem)
    {
        var colon = ecosystem.IndexOf(':', StringComparison.Ordinal);
        return ByName.GetValueOrDefault(colon < 0 ? ecosystem : ecosystem[..colon]);
    }

    private static IEnumerable<KeyValuePair<string, VersionOrder>> Names() =>
    [
        .. Of(new DebianOrder(), "deb", "debian", "dpkg", "ubuntu", "opkg", "echo"),
        .. Of(new RpmOrder(), "rpm", "red hat", "redhat", "rhel", "almalinux", "rocky linux", "rocky", "suse", "opensuse", "openeuler", "mageia", "photon os",
            "photon", "azure linux", "amazon linux", "amazon", "oracle linux", "oracle", "fedora", "centos"),
        .. Of(new AlpineOrder(), "apk", "alpine", "wolfi", "chainguard", "alpaquita", "bellsoft hardened containers", "minimos"),
        .. Of(new SemanticOrder(new SemanticGrammar()), "semver", "cargo", "crates.io", "rust", "hex"),
        .. Of(new SemanticOrder(new SemanticGrammar { Prefix = true, Trimmed = true, MostCharacters = 256, MostNumber = GreatestOfNode }), "npm"),
        .. Of(new SemanticOrder(new SemanticGrammar { Prefix = true, Short = true, LeadingZeros = true }), "swift", "swifturl", "github actions", "github"),
        .. Of(new GoOrder(), "go", "golang"),
        .. Of(new PubOrder(), "pub", "dart"),
        .. Of(new BitnamiOrder(), "bitnami"),
        .. Of(new PythonOrder(), "pypi", "pip", "python"),
        .. Of(new MavenOrder(), "maven"),
        .. Of(new GemOrder(), "gem", "rubygems", "ruby"),
        .. Of(new NuGetOrder(), "nuget"),
        .. Of(new ComposerOrder(), "composer", "packagist", "php"),
        .. Of(new ConanOrder(), "conan", "conancenter"),
        .. Of(new ROrder(), "cran", "r", "bioconductor"),
        .. Of(new HackageOrder(), "hackage", "ghc"),
    ];

    private static IEnumerable<KeyValuePair<string, VersionOrder>> Of(VersionOrder order, params string[] names) =>
        names.Select(name => KeyValuePair.Create(name, order));
}
