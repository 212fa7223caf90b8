using Strata.Packages.Formats;

namespace Strata.Packages.Catalogers.Sbom;

/// <summary>SPDX in its form of tags and values: a package's purl is one of its external references.</summary>
internal static class SpdxTags
{
    public static void Read(DocumentText document, PackageList found)
    {
        foreach (var line in document.Lines)
        {
            // ExternalRef: PACKAGE-MANAGER purl pkg:...; PACKAGE_MANAGER in older ones.
            if (!line.StartsWith("ExternalRef:", StringComparison.Ordinal)) continue;
            if (line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is not [_, _, "purl", var text, ..]) continue;
            if (ParsedPurl.TryParse(text) is { } purl) found.Add(purl.Type, purl.FullName, purl.FullVersion, architecture: purl.Qualifiers.GetValueOrDefault("arch"), purl: text);
            else found.Fault("names a package by what is no purl");
        }
    }
}
