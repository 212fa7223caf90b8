using Strata.Packages;

namespace Strata.Vulnerabilities.Decisions;

/// <summary>A package URL that stands for all packages with what it names. purl-spec, "How to parse a purl string in its components".</summary>
internal sealed record PurlPattern(string Type, string Name, string Version, IReadOnlyDictionary<string, string> Qualifiers)
{
    private const string Scheme = "pkg:";

    public bool IsImage => Type is "oci" or "docker";

    /// <summary>A source package, and so all that is built from it.</summary>
    public bool IsSource => Qualifiers.GetValueOrDefault("arch") is "src" or "source";

    /// <summary>As if the package was the one that it was built from.</summary>
    public PurlPattern SourceOf(Package package)
    {
        var name = package.SourceName ?? package.Name;
        var version = package.SourceVersion ?? package.Version;
        var colon = version.IndexOf(':', StringComparison.Ordinal);
        // Of rpm the epoch is a qualifier, and never a part of the version.
        if (Type == "rpm" && colon > 0) version = version[(colon + 1)..];
        var qualifiers = new Dictionary<string, string>(Qualifiers, StringComparer.OrdinalIgnoreCase) { ["arch"] = "src" };
        return this with { Name = Name[..(Name.LastIndexOf('/') + 1)] + name, Version = version, Qualifiers = qualifiers };
    }

    /// <summary>Null when the text is no package URL.</summary>
    public static PurlPattern? TryParse(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var rest = text[Scheme.Length..].TrimStart('/').Split('#')[0];
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? "" : rest[(question + 1)..];
        if (question >= 0) rest = rest[..question];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == rest.Length - 1) return null;
        var name = rest[(slash + 1)..].Trim('/');
        // An at sign that begins the name is an npm scope that nobody encoded.
        var at = name.LastIndexOf('@');
        var hasVersion = at > 0 && at > name.LastIndexOf('/');
        var version = hasVersion ? Uri.UnescapeDataString(name[(at + 1)..]) : "";
        var qualifiers = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(q => q.Split('=', 2)).Where(q => q.Length == 2)
            .GroupBy(q => q[0], StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => Uri.UnescapeDataString(g.First()[1]), StringComparer.OrdinalIgnoreCase);
        return new PurlPattern(rest[..slash].ToLowerInvariant(), Uri.UnescapeDataString(hasVersion ? name[..at] : name), version, qualifiers);
    }

    /// <summary>Whether the package has all that this one names.</summary>
    public bool Fits(PurlPattern package) =>
        Type == package.Type
        && string.Equals(Name, package.Name, StringComparison.OrdinalIgnoreCase)
        && (Version.Length == 0 || Version == package.Version)
        // Which sources they are is said by the arch of both, src or source.
        && Qualifiers.All(q => package.Qualifiers.GetValueOrDefault(q.Key) == q.Value || (IsSource && q.Key == "arch"));
}
