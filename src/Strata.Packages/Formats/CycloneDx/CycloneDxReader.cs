using System.Globalization;
using System.Text.Json;
using Strata.Oci;
using Strata.Packages.Catalogers;
using Strata.Packages.Distributions;

namespace Strata.Packages.Formats.CycloneDx;

/// <summary>Reads the packages of a CycloneDX JSON document, ours or another tool's.</summary>
public static class CycloneDxReader
{
    public static bool Recognizes(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.Text("bomFormat") == "CycloneDX";

    public static ImagePackages Read(JsonElement root)
    {
        var packages = new List<Package>();
        var faults = new List<CatalogFault>();
        Distribution? distribution = null;
        foreach (var component in Components(root))
        {
            if (component.Text("type") == "operating-system") distribution ??= DistributionOf(component);
            else if (PackageOf(component) is { } package) packages.Add(package);
            else if (component.Text("type") is "library" or "framework" && component.Text("name") is { } name)
                faults.Add(new CatalogFault { Path = name, Reason = "the component has no package URL, so that it is not known what it is" });
        }

        return new ImagePackages { Distribution = distribution, Packages = packages, Base = Base(root), Faults = faults };
    }

    private static BaseImage? Base(JsonElement root)
    {
        if (!root.TryGetProperty("metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object) return null;
        var properties = Properties(metadata);
        return properties.GetValueOrDefault(Property.BaseName) is { } name
            ? new BaseImage
            {
                Name = name,
                Digest = Digest.TryParse(properties.GetValueOrDefault(Property.BaseDigest), provider: null, out var digest) ? digest : null,
                Layers = int.TryParse(properties.GetValueOrDefault(Property.BaseLayers), NumberStyles.None, CultureInfo.InvariantCulture, out var layers) ? layers : null,
            }
            : null;
    }

    /// <summary>Components, and those within them.</summary>
    private static IEnumerable<JsonElement> Components(JsonElement parent)
    {
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty("components", out var list) || list.ValueKind != JsonValueKind.Array) yield break;
        foreach (var component in list.EnumerateArray())
        {
            if (component.ValueKind != JsonValueKind.Object) continue;
            yield return component;
            foreach (var inner in Components(component)) yield return inner;
        }
    }

    private static Package? PackageOf(JsonElement component)
    {
        if (component.Text("purl") is not { } text || ParsedPurl.TryParse(text) is not { } purl) return null;
        var properties = Properties(component);
        // Of our own documents, name and version are those of the database; others may have left out the epoch, or the namespace.
        var isOurs = properties.ContainsKey(Property.Type);
        var (source, sourceVersion) = isOurs ? (null, null) : TrivySource.Of(properties) is { Name: not null } told ? told : purl.Upstream;
        return new Package
        {
            Name = isOurs ? component.Text("name") ?? purl.FullName : purl.FullName,
            Version = isOurs || purl.Version.Length == 0 ? component.Text("version") ?? purl.FullVersion : purl.FullVersion,
            Type = purl.Type,
            Architecture = properties.GetValueOrDefault(Property.Architecture) ?? purl.Qualifiers.GetValueOrDefault("arch"),
            SourceName = properties.GetValueOrDefault(Property.Source) ?? source,
            SourceVersion = properties.GetValueOrDefault(Property.SourceVersion) ?? sourceVersion,
            Purl = text,
            Licenses = [.. Licenses(component)],
            Location = properties.GetValueOrDefault(Property.Location) ?? "",
            // Others say with it where in a file they found something; of our own, the first place is the location.
            AlsoAt = isOurs ? [.. Occurrences(component).Skip(1)] : [],
            IntroducedBy = Origin(properties),
        };
    }

    private static IEnumerable<string> Occurrences(JsonElement component)
    {
        if (!component.TryGetProperty("evidence", out var evidence) || evidence.ValueKind != JsonValueKind.Object
            || !evidence.TryGetProperty("occurrences", out var list) || list.ValueKind != JsonValueKind.Array) yield break;
        foreach (var occurrence in list.EnumerateArray())
            if (occurrence.ValueKind == JsonValueKind.Object && occurrence.Text("location") is { } location) yield return location;
    }

    private static LayerOrigin? Origin(Dictionary<string, string> properties) =>
        int.TryParse(properties.GetValueOrDefault(Property.Layer), NumberStyles.None, CultureInfo.InvariantCulture, out var layer)
        && Digest.TryParse(properties.GetValueOrDefault(Property.LayerDiffId), provider: null, out var diffId)
            ? new LayerOrigin { Layer = layer, DiffId = diffId, Instruction = properties.GetValueOrDefault(Property.Instruction) }
            : null;

    private static Distribution? DistributionOf(JsonElement component) => component.Text("name") is { } name
        ? new Distribution
        {
            Id = name.ToLowerInvariant(),
            VersionId = component.Text("version"),
            PrettyName = component.Text("description"),
            Codename = Properties(component).GetValueOrDefault(Property.Codename),
        }
        : null;

    private static IEnumerable<string> Licenses(JsonElement component)
    {
        if (!component.TryGetProperty("licenses", out var list) || list.ValueKind != JsonValueKind.Array) yield break;
        foreach (var choice in list.EnumerateArray())
        {
            if (choice.ValueKind != JsonValueKind.Object) continue;
            if (choice.Text("expression") is { } expression) yield return expression;
            else if (choice.TryGetProperty("license", out var license) && license.ValueKind == JsonValueKind.Object
                && (license.Text("id") ?? license.Text("name")) is { } named) yield return named;
        }
    }

    private static Dictionary<string, string> Properties(JsonElement component)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!component.TryGetProperty("properties", out var list) || list.ValueKind != JsonValueKind.Array) return found;
        foreach (var property in list.EnumerateArray())
        {
            if (property.ValueKind == JsonValueKind.Object && property.Text("name") is { } name && property.Text("value") is { } value) found[name] = value;
        }

        return found;
    }
}
