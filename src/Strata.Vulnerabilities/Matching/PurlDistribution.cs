using Strata.Packages;
using Strata.Packages.Distributions;

namespace Strata.Vulnerabilities.Matching;

/// <summary>The distribution by what package URLs say of it, for lists of packages that say it nowhere else.</summary>
internal static class PurlDistribution
{
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
        var slashes = purl.Split('?')[0].Split('/');
        if (slashes.Length < 3) return null;
        var vendor = Uri.UnescapeDataString(slashes[1]).ToLowerInvariant();
        // Docker's own: os_name=debian&os_version=12.
        if (Qualifier(purl, "os_version") is { } told) return new Distribution { Id = Qualifier(purl, "os_name") ?? vendor, VersionId = told };
        if (Qualifier(purl, "distro") is not { } value) return IsRolling(vendor) ? new Distribution { Id = vendor } : null;
        if (char.IsAsciiDigit(value[0]) || (value[0] == 'v' && value.Length > 1 && char.IsAsciiDigit(value[1]))) return new Distribution { Id = vendor, VersionId = value.TrimStart('v') };
        var hyphen = value.LastIndexOf('-');
        var last = value[(hyphen + 1)..];
        if (hyphen > 0 && last.Length > 0 && char.IsAsciiDigit(last[0])) return new Distribution { Id = value[..hyphen], VersionId = last };
        return DebianReleases.Number(last) is { } number ? new Distribution { Id = "debian", VersionId = number, Codename = last }
            : UbuntuReleases.Number(last) is { } ubuntu ? new Distribution { Id = "ubuntu", VersionId = ubuntu, Codename = last }
            : new Distribution { Id = value };
    }

    /// <summary>They have one release, which nobody has to name.</summary>
    private static bool IsRolling(string vendor) => vendor is "wolfi" or "chainguard" or "minimos";

    private static string? Qualifier(string purl, string name)
    {
        var query = purl.IndexOf('?', StringComparison.Ordinal);
        if (query < 0) return null;
        var found = purl[(query + 1)..].Split('#')[0].Split('&').FirstOrDefault(q => q.StartsWith(name + "=", StringComparison.Ordinal));
        return found is null || found.Length == name.Length + 1 ? null : Uri.UnescapeDataString(found[(name.Length + 1)..]).ToLowerInvariant();
    }
}
