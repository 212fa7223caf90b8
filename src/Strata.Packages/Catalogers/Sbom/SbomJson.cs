using Strata.Packages.Facts;
using Strata.Packages.Formats;

namespace Strata.Packages.Catalogers.Sbom;

/// <summary>CycloneDX and SPDX as JSON.</summary>
internal static class SbomJson
{
    public static void Read(DocumentText document, PackageList found)
    {
        using var json = document.Json;
        if (SbomReader.TryRead(json.RootElement) is { } told) Add(told, found);
    }

    private static void Add(ImagePackages told, PackageList found)
    {
        foreach (var fault in told.Faults) found.Fault($"{fault.Path}: {fault.Reason}");
        foreach (var package in told.Packages)
        {
            // An image is what the document is about, and no package.
            if (package.Type is "oci" or "docker") continue;
            found.Add(new PackageFact
            {
                Type = package.Type,
                Name = package.Name,
                Version = package.Version,
                Architecture = package.Architecture,
                SourceName = package.SourceName,
                SourceVersion = package.SourceVersion,
                Licenses = package.Licenses,
                Purl = package.Purl,
                Fingerprint = 0,
            });
        }
    }
}
