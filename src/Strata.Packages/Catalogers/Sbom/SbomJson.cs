using System.Text.Json;

namespace Strata.Packages.Catalogers.Sbom;

/// <summary>CycloneDX and SPDX as JSON. What the document is about is no part of it.</summary>
internal static class SbomJson
{
    private static readonly string[] Unsaid = ["NOASSERTION", "NONE", ""];

    public static void Read(DocumentText document, PackageList found)
    {
        using var json = document.Json;
        var root = json.RootElement;
        if (root.Text("bomFormat") == "CycloneDX") AddComponents(root.At("components"), found);
        else if (root.Text("spdxVersion") is not null) AddPackages(root.At("packages"), found);
    }

    /// <summary>Components may have components; how deep is limited by how deep JSON may be.</summary>
    private static void AddComponents(JsonElement components, PackageList found)
    {
        foreach (var component in components.Items)
        {
            if (component.Text("purl") is { } purl) ToldPurl.Add(purl, Licenses(component), found, component.Text("version"));
            AddComponents(component.At("components"), found);
        }
    }

    private static string[] Licenses(JsonElement component) =>
    [
        .. component.At("licenses").Items
            .Select(l => l.Text("expression") ?? l.At("license").Text("id") ?? l.At("license").Text("name")).OfType<string>(),
    ];

    private static void AddPackages(JsonElement packages, PackageList found)
    {
        foreach (var package in packages.Items)
        {
            var purl = package.At("externalRefs").Items.FirstOrDefault(r => r.Text("referenceType") == "purl").Text("referenceLocator");
            var license = package.Text("licenseConcluded");
            if (license is null || Unsaid.Contains(license, StringComparer.Ordinal)) license = package.Text("licenseDeclared");
            var licenses = license is null || Unsaid.Contains(license, StringComparer.Ordinal) ? Array.Empty<string>() : [license];
            if (purl is not null) ToldPurl.Add(purl, licenses, found, package.Text("versionInfo"));
        }
    }
}
