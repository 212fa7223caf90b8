using Strata.Packages;
using Strata.Packages.Distributions;

namespace Strata.Vulnerabilities.Matching;

/// <summary>The distribution by what package URLs say of it, for lists of packages that say it nowhere else.</summary>
internal static class PurlDistribution
{
    private const string Qualifier = "distro=";

    /// <summary>Null when no package of a distribution says it.</summary>
    public static Distribution? Of(IEnumerable<Package> packages)
    {
        foreach (var package in packages.Where(p => Ecosystems.IsOfDistribution(p.Type)))
        {
            if (Of(package.Purl) is { } distribution) return distribution;
        }

        return null;
    }

    private static Distribution? Of(string purl)
    {
        // pkg:deb/debian/curl@7?distro=debian-12
        var at = purl.IndexOf(Qualifier, StringComparison.Ordinal);
        var slashes = purl.Split('/');
        if (at < 0 || slashes.Length < 3) return null;
        var value = Uri.UnescapeDataString(purl[(at + Qualifier.Length)..].Split('&', '#')[0]).ToLowerInvariant();
        var hyphen = value.LastIndexOf('-');
        var hasVersion = hyphen > 0 && hyphen + 1 < value.Length && char.IsAsciiDigit(value[hyphen + 1]);
        if (hasVersion) return new Distribution { Id = value[..hyphen], VersionId = value[(hyphen + 1)..] };
        var vendor = slashes[1];
        if (char.IsAsciiDigit(value[0])) return new Distribution { Id = vendor, VersionId = value };
        return DebianReleases.Number(value) is { } number
            ? new Distribution { Id = "debian", VersionId = number, Codename = value }
            : new Distribution { Id = value };
    }
}
