using System.Text.Json;
using Strata.Packages.Formats.Licenses;

namespace Strata.Packages.Formats.Spdx;

/// <summary>Writes a bill of materials as SPDX 2.3 JSON. The same input gives the same bytes.</summary>
public static class SpdxWriter
{
    private const string NoAssertion = "NOASSERTION";

    public static void Write(Stream stream, SbomSubject subject, ImagePackages packages)
    {
        using var json = DocumentJson.Open(stream);
        json.WriteStartObject();
        json.WriteString("spdxVersion", "SPDX-2.3");
        json.WriteString("dataLicense", "CC0-1.0");
        json.WriteString("SPDXID", "SPDXRef-DOCUMENT");
        json.WriteString("name", subject.Name);
        json.WriteString("documentNamespace", "urn:uuid:" + DocumentId.Of(subject, packages));
        json.WriteStartObject("creationInfo");
        json.WriteString("created", DocumentId.Time(subject.Created));
        json.WriteStartArray("creators");
        json.WriteStringValue("Tool: strata-" + subject.ToolVersion);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("packages");
        WriteSubject(json, subject, packages);
        for (var i = 0; i < packages.Packages.Count; i++) WritePackage(json, packages.Packages[i], i);
        json.WriteEndArray();
        WriteRelationships(json, packages.Packages.Count);
        json.WriteEndObject();
    }

    private static void WriteSubject(Utf8JsonWriter json, SbomSubject subject, ImagePackages packages)
    {
        json.WriteStartObject();
        json.WriteString("SPDXID", "SPDXRef-Subject");
        json.WriteString("name", subject.Name);
        if (subject.Digest is { } digest) json.WriteString("versionInfo", digest.ToString());
        json.WriteString("downloadLocation", NoAssertion);
        json.WriteBoolean("filesAnalyzed", value: false);
        json.WriteString("licenseConcluded", NoAssertion);
        json.WriteString("licenseDeclared", NoAssertion);
        json.WriteString("copyrightText", NoAssertion);
        json.WriteString("primaryPackagePurpose", subject.Digest is null ? "FILE" : "CONTAINER");
        if (Notes.Of(packages.Base) is { } madeFrom) json.WriteString("sourceInfo", madeFrom);
        if (Notes.Of(packages.Distribution) is { } distribution) json.WriteString("comment", distribution);
        json.WriteEndObject();
    }

    private static void WritePackage(Utf8JsonWriter json, Package package, int index)
    {
        json.WriteStartObject();
        json.WriteString("SPDXID", IdOf(index));
        json.WriteString("name", package.Name);
        json.WriteString("versionInfo", package.Version);
        json.WriteString("downloadLocation", NoAssertion);
        json.WriteBoolean("filesAnalyzed", value: false);
        if (package.Location.Length > 0) json.WriteString("sourceInfo", Notes.Of(package));
        json.WriteString("licenseConcluded", NoAssertion);
        var expression = Expression(package.Licenses);
        json.WriteString("licenseDeclared", expression ?? NoAssertion);
        if (package.Licenses.Count > 1 || (package.Licenses.Count == 1 && expression is null)) json.WriteString("licenseComments", string.Join('\n', package.Licenses));
        json.WriteString("copyrightText", NoAssertion);
        json.WriteStartArray("externalRefs");
        json.WriteStartObject();
        json.WriteString("referenceCategory", "PACKAGE-MANAGER");
        json.WriteString("referenceType", "purl");
        json.WriteString("referenceLocator", package.Purl);
        json.WriteEndObject();
        json.WriteEndArray();
        if (Notes.OfSource(package) is { } source) json.WriteString("comment", source);
        json.WriteEndObject();
    }

    private static void WriteRelationships(Utf8JsonWriter json, int count)
    {
        json.WriteStartArray("relationships");
        WriteRelationship(json, "SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Subject");
        for (var i = 0; i < count; i++) WriteRelationship(json, "SPDXRef-Subject", "CONTAINS", IdOf(i));
        json.WriteEndArray();
    }

    private static void WriteRelationship(Utf8JsonWriter json, string from, string type, string to)
    {
        json.WriteStartObject();
        json.WriteString("spdxElementId", from);
        json.WriteString("relationshipType", type);
        json.WriteString("relatedSpdxElement", to);
        json.WriteEndObject();
    }

    /// <summary>SPDX 2.3, 7.15: an expression of known licences. Several are said to hold together.</summary>
    private static string? Expression(IReadOnlyList<string> licenses)
    {
        if (licenses.Count == 0 || !licenses.All(SpdxLicenses.IsExpression)) return null;
        return licenses.Count == 1 ? licenses[0] : string.Join(" AND ", licenses.Select(l => SpdxLicenses.IsId(l) ? l : $"({l})"));
    }

    private static string IdOf(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SPDXRef-Package-{index + 1}");
}
