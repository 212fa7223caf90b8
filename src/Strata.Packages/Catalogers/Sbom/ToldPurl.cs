namespace Strata.Packages.Catalogers.Sbom;

/// <summary>Takes apart a purl that a document tells. purl-spec, "How to parse a purl string".</summary>
internal static class ToldPurl
{
    private const string Scheme = "pkg:";

    /// <param name="purl">As the document writes it; what is no purl is said.</param>
    /// <param name="licenses">What the document says beside it.</param>
    /// <param name="found">Where the package goes.</param>
    /// <param name="version">As the document says it, for a purl without.</param>
    public static void Add(string purl, IReadOnlyList<string> licenses, PackageList found, string? version = null)
    {
        var rest = purl.Split('#')[0];
        var query = rest.IndexOf('?', StringComparison.Ordinal);
        var qualifiers = query < 0 ? [] : Qualifiers(rest[(query + 1)..]);
        if (query >= 0) rest = rest[..query];
        if (rest.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) rest = rest[Scheme.Length..].TrimStart('/');
        else rest = "";
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1 || purl.Length > PackageList.LongestField)
        {
            found.Fault("names a package by what is no purl");
            return;
        }

        var type = rest[..slash].ToLowerInvariant();
        // An image inside the document is what it is about, and no package.
        if (type is "oci" or "docker") return;
        rest = rest[(slash + 1)..];
        var at = rest.LastIndexOf('@');
        // A scope of npm that was not encoded is no version.
        if (at > 0 && rest.IndexOf('/', at) < 0) (rest, version) = (rest[..at], Uri.UnescapeDataString(rest[(at + 1)..]));
        if (type == "rpm" && qualifiers.GetValueOrDefault("epoch") is { Length: > 0 } epoch && version?.Contains(':', StringComparison.Ordinal) == false) version = $"{epoch}:{version}";
        found.Add(type, NameOf(type, rest), version, licenses, architecture: qualifiers.GetValueOrDefault("arch"), purl: purl);
    }

    /// <summary>As the cataloguers of the type would write it.</summary>
    private static string NameOf(string type, string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        if (segments.Length == 0) return "";
        return type switch
        {
            "deb" or "apk" or "rpm" => segments[^1],
            "maven" => string.Join(':', segments),
            _ => string.Join('/', segments),
        };
    }

    private static Dictionary<string, string> Qualifiers(string query)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) all[pair[..equals].ToLowerInvariant()] = Uri.UnescapeDataString(pair[(equals + 1)..]);
        }

        return all;
    }
}
