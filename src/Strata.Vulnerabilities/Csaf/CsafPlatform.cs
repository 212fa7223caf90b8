namespace Strata.Vulnerabilities.Csaf;

/// <summary>The release of a distribution that a CPE means, as package URLs name it in <c>distro</c>.</summary>
internal static class CsafPlatform
{
    /// <summary>Null for no CPE, and for one of whatever is no distribution.</summary>
    public static string? Of(string? cpe)
    {
        if (Parts(cpe) is not { Length: >= 5 } parts || parts[4] is "" or "*" or "-") return null;
        var version = parts[4];
        return (parts[2], parts[3]) switch
        {
            // Repositories and extended support are of the same release: its first number is what packages have in common.
            ("redhat", "enterprise_linux" or "rhel_eus" or "rhel_aus" or "rhel_tus" or "rhel_e4s" or "rhel_els") => $"rhel-{version.Split('.')[0]}",
            ("suse", "sles" or "sled" or "suse_linux_enterprise_server") => $"sles-{version}",
            ("opensuse", "leap") => $"opensuse-leap-{version}",
            ("debian", "debian_linux") => $"debian-{version.Split('.')[0]}",
            ("canonical", "ubuntu_linux") => $"ubuntu-{version}",
            ("alpinelinux", "alpine_linux") => $"alpine-{version}",
            ("almalinux", "almalinux") => $"almalinux-{version.Split('.')[0]}",
            _ => null,
        };
    }

    /// <summary>Both bindings: <c>cpe:/o:redhat:enterprise_linux:9::baseos</c> and <c>cpe:2.3:o:redhat:…</c>; type, vendor, product and version from the second on.</summary>
    private static string[]? Parts(string? cpe) =>
        cpe is null ? null
        : cpe.StartsWith("cpe:2.3:", StringComparison.Ordinal) ? ["cpe", .. cpe["cpe:2.3:".Length..].Split(':')]
        : cpe.StartsWith("cpe:/", StringComparison.Ordinal) ? ["cpe", .. cpe["cpe:/".Length..].Split(':')]
        : null;
}
