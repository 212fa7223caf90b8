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
            if (line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [_, _, "purl", var purl, ..]) ToldPurl.Add(purl, [], found);
        }
    }
}
