using System.Text.Json;

namespace Strata.Vulnerabilities.Osv;

/// <summary>Reads <c>affected[]</c> and the severities of the OSV schema.</summary>
internal static class OsvAffectedParser
{
    /// <summary>Null for an entry without a package: the schema allows it for commits only.</summary>
    public static OsvAffected? Affected(JsonElement affected)
    {
        if (OsvField.Find(affected, "package") is not { } package) return null;
        var ecosystem = OsvField.Text(package, "ecosystem");
        var name = OsvField.Text(package, "name");
        if (string.IsNullOrEmpty(ecosystem) || string.IsNullOrEmpty(name))
            throw new OsvFormatException("not an OSV record: an affected package has no ecosystem or no name");
        return new OsvAffected(ecosystem, name, new OsvVersions
        {
            Ranges = [.. OsvField.Items(affected, "ranges").Select(Range).OfType<OsvRange>()],
            Listed = OsvField.Texts(affected, "versions"),
            Severities = Severities(affected),
            Word = Word(affected, "ecosystem_specific") ?? Word(affected, "database_specific"),
        });
    }

    public static IReadOnlyList<OsvSeverity>? Severities(JsonElement parent)
    {
        var severities = OsvField.Items(parent, "severity")
            .Select(s => (Type: OsvField.Text(s, "type"), Score: OsvField.Text(s, "score")))
            .Where(s => s is { Type: not null, Score: not null })
            .Select(s => new OsvSeverity(s.Type!, s.Score!))
            .ToArray();
        return severities.Length == 0 ? null : severities;
    }

    /// <summary>These objects are each database's own: a severity or urgency that is no word is not an error.</summary>
    public static string? Word(JsonElement parent, string name)
    {
        if (OsvField.Find(parent, name) is not { ValueKind: JsonValueKind.Object } specific) return null;
        foreach (var key in (ReadOnlySpan<string>)["severity", "urgency"])
        {
            if (specific.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String) return value.GetString();
        }

        return null;
    }

    private static OsvRange? Range(JsonElement range) => OsvField.Text(range, "type") switch
    {
        "ECOSYSTEM" or "SEMVER" => new OsvRange([.. OsvField.Items(range, "events").SelectMany(Events)]),
        _ => null,
    };

    private static IEnumerable<OsvEvent> Events(JsonElement e)
    {
        // The schema has one field per event; old records have several in one object.
        if (OsvField.Text(e, "introduced") is { } introduced) yield return new OsvEvent(OsvEventKind.Introduced, introduced);
        if (OsvField.Text(e, "fixed") is { } version) yield return new OsvEvent(OsvEventKind.Fixed, version);
        if (OsvField.Text(e, "last_affected") is { } last) yield return new OsvEvent(OsvEventKind.LastAffected, last);
        if (OsvField.Text(e, "limit") is { } limit) yield return new OsvEvent(OsvEventKind.Limit, limit);
    }
}
