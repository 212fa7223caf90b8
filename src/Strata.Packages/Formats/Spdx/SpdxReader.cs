using System.Text.Json;
using Strata.Packages.Catalogers;
using Strata.Packages.Distributions;

namespace Strata.Packages.Formats.Spdx;

/// <summary>Reads the packages of an SPDX 2.x JSON document, ours or another tool's.</summary>
public static class SpdxReader
{
    public static bool Recognizes(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.Text("spdxVersion")?.StartsWith("SPDX-2", StringComparison.Ordinal) == true;

    public static ImagePackages Read(JsonElement root)
    {
        var packages = new List<Package>();
        Distribution? distribution = null;
        BaseImage? madeFrom = null;
        if (root.TryGetProperty("packages", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object))
            {
                distribution ??= Notes.ReadDistribution(element.Text("comment"));
                madeFrom ??= Notes.ReadBase(element.Text("sourceInfo"));
                if (Purl(element) is { } purl && ParsedPurl.TryParse(purl) is { } parsed) packages.Add(PackageOf(element, purl, parsed));
            }
        }

        return new ImagePackages { Distribution = distribution, Packages = packages, Base = madeFrom };
    }

    private static Package PackageOf(JsonElement element, string purl, ParsedPurl parsed)
    {
        var (locations, origin) = Notes.Read(element.Text("sourceInfo") ?? "");
        var (source, sourceVersion) = Notes.ReadSource(element.Text("comment"));
        // Of our own documents, name and version are those of the database; others may have left out the epoch, or the namespace.
        var isOurs = locations is [{ Length: > 0 }, ..];
        if (!isOurs) (source, sourceVersion) = TrivySource.Of(element.Text("sourceInfo")) is { Name: not null } told ? told : parsed.Upstream;
        return new Package
        {
            Name = isOurs ? element.Text("name") ?? parsed.FullName : parsed.FullName,
            Version = isOurs || parsed.Version.Length == 0 ? element.Text("versionInfo") ?? parsed.FullVersion : parsed.FullVersion,
            Type = parsed.Type,
            Architecture = parsed.Qualifiers.GetValueOrDefault("arch"),
            SourceName = source,
            SourceVersion = sourceVersion,
            Purl = purl,
            Licenses = Licenses(element),
            Location = isOurs ? locations[0] : "",
            AlsoAt = isOurs ? locations[1..] : [],
            IntroducedBy = origin,
        };
    }

    private static string[] Licenses(JsonElement element) =>
        element.Text("licenseComments") is { } words ? words.Split('\n')
        : element.Text("licenseDeclared") is { } declared and not ("NOASSERTION" or "NONE") ? [declared]
        : [];

    private static string? Purl(JsonElement element)
    {
        if (!element.TryGetProperty("externalRefs", out var references) || references.ValueKind != JsonValueKind.Array) return null;
        foreach (var reference in references.EnumerateArray())
        {
            if (reference.ValueKind == JsonValueKind.Object && reference.Text("referenceType") == "purl") return reference.Text("referenceLocator");
        }

        return null;
    }
}
