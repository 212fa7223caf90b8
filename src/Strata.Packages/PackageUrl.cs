using System.Text;
using Strata.Packages.Distributions;
using Strata.Packages.Facts;

namespace Strata.Packages;

/// <summary>
/// Writes package URLs in their canonical form. purl-spec, "Rules for each purl component", and PURL-TYPES for what each type makes of a
/// name; qualifiers are sorted by key.
/// </summary>
internal static class PackageUrl
{
    public static string Of(PackageFact package, Distribution? distribution)
    {
        if (package.Purl is { } told) return told;
        var text = new StringBuilder("pkg:").Append(package.Type).Append('/');
        var (space, name) = Split(package, distribution);
        foreach (var segment in space)
        {
            Append(text, segment);
            text.Append('/');
        }
        Append(text, name);
        if (package.Version.Length > 0)
        {
            text.Append('@');
            Append(text, VersionOf(package));
        }
        var separator = '?';
        foreach (var (key, value) in Qualifiers(package, distribution))
        {
            if (value.Length == 0) continue;
            text.Append(separator).Append(key).Append('=');
            Append(text, value);
            separator = '&';
        }
        // PURL-TYPES, "cocoapods": a part of a pod is a path below it.
        if (package.Type == "cocoapods" && package.Name.IndexOf('/', StringComparison.Ordinal) is var slash and > 0)
        {
            text.Append('#');
            Append(text, package.Name[(slash + 1)..]);
        }
        return text.ToString();
    }

    private static (string[] Space, string Name) Split(PackageFact package, Distribution? distribution) => package.Type switch
    {
        "deb" => ([Vendor(distribution, "debian")], package.Name.ToLowerInvariant()),
        "apk" => ([Vendor(distribution, "alpine")], package.Name.ToLowerInvariant()),
        "rpm" => (distribution is null ? [] : [RpmVendor(distribution)], package.Name),
        "opkg" => (distribution is null ? [] : [Vendor(distribution, "")], package.Name),
        "npm" or "composer" => AtLast(package.Name.ToLowerInvariant(), '/'),
        "swift" or "pear" => AtLast(package.Name, '/'),
        "cocoapods" => ([], package.Name.Split('/')[0]),
        "pub" or "hex" or "luarocks" => ([], package.Name.ToLowerInvariant()),
        // Names are the same however they are cased, and whichever of the separators they have.
        "pypi" => ([], package.Name.ToLowerInvariant().Replace('_', '-')),
        "golang" => AtLast(package.Name.ToLowerInvariant(), '/'),
        "maven" => AtLast(package.Name, ':'),
        _ => ([], package.Name),
    };

    private static (string[], string) AtLast(string name, char separator)
    {
        var at = name.LastIndexOf(separator);
        return at < 0 ? ([], name) : (name[..at].Split('/', StringSplitOptions.RemoveEmptyEntries), name[(at + 1)..]);
    }

    /// <summary>A package of a root without os-release says no vendor; the one whose format it is has to do.</summary>
    private static string Vendor(Distribution? distribution, string usual) => (distribution?.Id ?? usual).ToLowerInvariant();

    /// <summary>PURL-TYPES, "rpm": the vendor, which is not always what os-release has as ID.</summary>
    private static string RpmVendor(Distribution distribution) => Vendor(distribution, "") switch
    {
        "rhel" => "redhat",
        var id when id.StartsWith("opensuse", StringComparison.Ordinal) => "opensuse",
        var id => id,
    };

    /// <summary>PURL-TYPES, "rpm": the epoch is a qualifier, and no part of the version.</summary>
    private static string VersionOf(PackageFact package)
    {
        if (package.Type != "rpm") return package.Version;
        var colon = package.Version.IndexOf(':', StringComparison.Ordinal);
        return package.Version[(colon + 1)..];
    }

    private static IEnumerable<KeyValuePair<string, string>> Qualifiers(PackageFact package, Distribution? distribution)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in package.Qualifiers ?? new Dictionary<string, string>()) all[key] = value;
        if (package.Architecture is { } architecture) all["arch"] = architecture;
        if (package.Type is "deb" or "apk" or "rpm" or "opkg" && Distro(distribution) is { } distro) all["distro"] = distro;
        return all;
    }

    private static string? Distro(Distribution? distribution) => distribution switch
    {
        null => null,
        { VersionId: { } version } => $"{distribution.Id}-{version}",
        { Codename: { } codename } => $"{distribution.Id}-{codename}",
        _ => distribution.Id,
    };

    /// <summary>purl-spec, "Character encoding": letters, digits, <c>.-_~</c> and the colon stand for themselves, all else is encoded.</summary>
    private static void Append(StringBuilder text, string value)
    {
        foreach (var b in Encoding.UTF8.GetBytes(value))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '~' or ':') text.Append(c);
            else text.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
