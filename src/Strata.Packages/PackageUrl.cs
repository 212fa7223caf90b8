using System.Text;
using Strata.Packages.Distributions;
using Strata.Packages.Facts;

namespace Strata.Packages;

/// <summary>
/// Writes package URLs in their canonical form. purl-spec, "Rules for each purl component" and PURL-TYPES, "deb": the namespace is the
/// vendor, name and namespace are lowercase, qualifiers are sorted by key.
/// </summary>
internal static class PackageUrl
{
    // A package of a root without os-release says no vendor; Debian is where the format comes from.
    private const string UnknownVendor = "debian";

    public static string Of(PackageFact package, Distribution? distribution)
    {
        var text = new StringBuilder("pkg:").Append(package.Type).Append('/');
        Append(text, (distribution?.Id ?? UnknownVendor).ToLowerInvariant());
        text.Append('/');
        Append(text, package.Name.ToLowerInvariant());
        text.Append('@');
        Append(text, package.Version);
        var separator = '?';
        Qualify(text, "arch", package.Architecture, ref separator);
        Qualify(text, "distro", Distro(distribution), ref separator);
        return text.ToString();
    }

    private static string? Distro(Distribution? distribution) => distribution switch
    {
        null => null,
        { VersionId: { } version } => $"{distribution.Id}-{version}",
        { Codename: { } codename } => $"{distribution.Id}-{codename}",
        _ => distribution.Id,
    };

    private static void Qualify(StringBuilder text, string key, string? value, ref char separator)
    {
        if (string.IsNullOrEmpty(value)) return;
        text.Append(separator).Append(key).Append('=');
        Append(text, value);
        separator = '&';
    }

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
