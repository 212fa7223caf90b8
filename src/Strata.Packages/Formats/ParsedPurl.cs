using System.Globalization;
using System.Text;
using Strata.Packages.Catalogers.Rpm;

namespace Strata.Packages.Formats;

/// <summary>A package URL taken apart. purl-spec, "How to parse a purl string in its components".</summary>
/// <param name="Type">Lowercase.</param>
/// <param name="Namespace">Decoded, its segments with slashes between; empty where there is none.</param>
/// <param name="Name">Decoded.</param>
/// <param name="Version">Decoded; empty where there is none.</param>
/// <param name="Qualifiers">Decoded.</param>
internal sealed record ParsedPurl(string Type, string Namespace, string Name, string Version, IReadOnlyDictionary<string, string> Qualifiers)
{
    /// <summary>The name as this program has it for the type.</summary>
    public string FullName => Type switch
    {
        "maven" when Namespace.Length > 0 => $"{Namespace}:{Name}",
        "npm" or "golang" or "composer" or "swift" or "pear" or "github" when Namespace.Length > 0 => $"{Namespace}/{Name}",
        _ => Name,
    };

    /// <summary>The version as the package database has it, with the epoch where that stands apart.</summary>
    public string FullVersion => RpmPackage.WithEpoch(Epoch, Version);

    /// <summary>
    /// The source package, of which a distribution's advisories are: <c>upstream=openssl</c> or <c>upstream=openssl@3.0.1</c>, as other tools
    /// write it, the file name of the source for an rpm; else the package itself where nothing is said.
    /// </summary>
    public (string? Name, string? Version) Upstream
    {
        get
        {
            if (Type == "rpm") return SourceRpm.Parse(Qualifiers.GetValueOrDefault("upstream"), Epoch);
            if (Type is not ("deb" or "apk")) return (null, null);
            if (Qualifiers.GetValueOrDefault("upstream") is not { } upstream) return (Name, FullVersion);
            var at = upstream.IndexOf('@', StringComparison.Ordinal);
            return at < 0 ? (upstream, FullVersion) : (upstream[..at], upstream[(at + 1)..]);
        }
    }

    private string? Epoch => Type is "rpm" or "deb" && !Version.Contains(':', StringComparison.Ordinal) ? Qualifiers.GetValueOrDefault("epoch") : null;

    /// <summary>Null when the text is no package URL.</summary>
    public static ParsedPurl? TryParse(string text)
    {
        if (!text.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase)) return null;
        var rest = text["pkg:".Length..].TrimStart('/');
        rest = Cut(rest, '#').Before;
        (rest, var query) = Cut(rest, '?');
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0) return null;
        var type = rest[..slash].ToLowerInvariant();
        rest = rest[(slash + 1)..].Trim('/');
        var at = rest.LastIndexOf('@');
        // An at sign that begins the name is an npm scope that nobody encoded.
        var version = at > 0 && at > rest.LastIndexOf('/') ? rest[(at + 1)..] : "";
        if (at > 0 && at > rest.LastIndexOf('/')) rest = rest[..at];
        var last = rest.LastIndexOf('/');
        var name = Decode(rest[(last + 1)..]);
        if (name.Length == 0) return null;
        var space = last < 0 ? "" : string.Join('/', rest[..last].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Decode));
        var qualifiers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = Cut(pair, '=');
            if (value.Length > 0) qualifiers[key.ToLowerInvariant()] = Decode(value);
        }

        return new ParsedPurl(type, space, name, Decode(version), qualifiers);
    }

    private static (string Before, string After) Cut(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    /// <summary>What is no encoding stands for itself.</summary>
    private static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return text;
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var b))
            {
                bytes.Add(b);
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
