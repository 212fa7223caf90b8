using System.Globalization;
using System.Text.Json;
using Strata.Packages.Distributions;
using Strata.Packages.Formats.Licenses;

namespace Strata.Packages.Formats.CycloneDx;

/// <summary>Writes a bill of materials as CycloneDX 1.6 JSON. The same input gives the same bytes.</summary>
public static class CycloneDxWriter
{
    public static void Write(Stream stream, SbomSubject subject, ImagePackages packages)
    {
        using var json = DocumentJson.Open(stream);
        json.WriteStartObject();
        json.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        json.WriteString("bomFormat", "CycloneDX");
        json.WriteString("specVersion", "1.6");
        json.WriteString("serialNumber", "urn:uuid:" + DocumentId.Of(subject, packages));
        json.WriteNumber("version", 1);
        WriteMetadata(json, subject, packages.Base);
        json.WriteStartArray("components");
        if (packages.Distribution is { } distribution) WriteDistribution(json, distribution);
        var references = new HashSet<string>(StringComparer.Ordinal);
        foreach (var package in packages.Packages) WriteComponent(json, package, packages.IsFromBase(package), references);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, SbomSubject subject, BaseImage? madeFrom)
    {
        json.WriteStartObject("metadata");
        json.WriteString("timestamp", DocumentId.Time(subject.Created));
        json.WriteStartObject("tools");
        json.WriteStartArray("components");
        json.WriteStartObject();
        json.WriteString("type", "application");
        json.WriteString("name", "strata");
        json.WriteString("version", subject.ToolVersion);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("component");
        json.WriteString("bom-ref", "subject");
        json.WriteString("type", subject.Digest is null ? "file" : "container");
        json.WriteString("name", subject.Name);
        if (subject.Digest is { } digest) json.WriteString("version", digest.ToString());
        json.WriteEndObject();
        WriteProperties(json,
        [
            (Property.BaseName, madeFrom?.Name),
            (Property.BaseDigest, madeFrom?.Digest?.ToString()),
            (Property.BaseLayers, madeFrom?.Layers?.ToString(CultureInfo.InvariantCulture)),
        ]);
        json.WriteEndObject();
    }

    private static void WriteDistribution(Utf8JsonWriter json, Distribution distribution)
    {
        json.WriteStartObject();
        json.WriteString("bom-ref", "distribution");
        json.WriteString("type", "operating-system");
        json.WriteString("name", distribution.Id);
        if (distribution.VersionId is { } version) json.WriteString("version", version);
        if (distribution.PrettyName is { } pretty) json.WriteString("description", pretty);
        WriteProperties(json, [(Property.Codename, distribution.Codename)]);
        json.WriteEndObject();
    }

    private static void WriteComponent(Utf8JsonWriter json, Package package, bool? fromBase, HashSet<string> references)
    {
        json.WriteStartObject();
        // A reference must be one of a kind, and one package may be there twice.
        var reference = package.Purl;
        for (var n = 2; !references.Add(reference); n++) reference = $"{package.Purl}#{n}";
        json.WriteString("bom-ref", reference);
        json.WriteString("type", package.Type is "generic" ? "application" : "library");
        json.WriteString("name", package.Name);
        json.WriteString("version", package.Version);
        WriteLicenses(json, package.Licenses);
        json.WriteString("purl", package.Purl);
        WriteOccurrences(json, package);
        WriteProperties(json,
        [
            (Property.Type, package.Type),
            (Property.Architecture, package.Architecture),
            (Property.Source, package.SourceName),
            (Property.SourceVersion, package.SourceVersion),
            (Property.Location, package.Location),
            (Property.Layer, package.IntroducedBy?.Layer.ToString(CultureInfo.InvariantCulture)),
            (Property.LayerDiffId, package.IntroducedBy?.DiffId.ToString()),
            (Property.Instruction, package.IntroducedBy?.Instruction),
            (Property.FromBase, fromBase switch { true => "true", false => "false", null => null }),
        ]);
        json.WriteEndObject();
    }

    /// <summary>All its places, where there are several.</summary>
    private static void WriteOccurrences(Utf8JsonWriter json, Package package)
    {
        if (package.AlsoAt.Count == 0) return;
        json.WriteStartObject("evidence");
        json.WriteStartArray("occurrences");
        foreach (var location in package.AlsoAt.Prepend(package.Location))
        {
            json.WriteStartObject();
            json.WriteString("location", location);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLicenses(Utf8JsonWriter json, IReadOnlyList<string> licenses)
    {
        if (licenses.Count == 0) return;
        json.WriteStartArray("licenses");
        // The schema has either one expression, or licences and nothing else.
        if (licenses is [var single] && !SpdxLicenses.IsId(single) && SpdxLicenses.IsExpression(single))
        {
            json.WriteStartObject();
            json.WriteString("expression", single);
            json.WriteEndObject();
        }
        else
        {
            foreach (var license in licenses)
            {
                json.WriteStartObject();
                json.WriteStartObject("license");
                json.WriteString(SpdxLicenses.IsId(license) ? "id" : "name", license);
                json.WriteEndObject();
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteProperties(Utf8JsonWriter json, ReadOnlySpan<(string Name, string? Value)> properties)
    {
        var opened = false;
        foreach (var (name, value) in properties)
        {
            if (value is null) continue;
            if (!opened) json.WriteStartArray("properties");
            opened = true;
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        if (opened) json.WriteEndArray();
    }
}
