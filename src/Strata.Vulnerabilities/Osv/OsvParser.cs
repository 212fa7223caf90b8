using System.Globalization;
using System.Text.Json;

namespace Strata.Vulnerabilities.Osv;

/// <summary>Reads a record of the OSV schema. Unknown fields are skipped, as the schema asks; what is needed must be right.</summary>
internal static class OsvParser
{
    /// <exception cref="OsvFormatException">The text is no OSV record.</exception>
    public static OsvRecord Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Record(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no text, such as half of a surrogate pair.
            throw new OsvFormatException($"not valid JSON: {e.Message}");
        }
    }

    /// <exception cref="OsvFormatException">It is no OSV record.</exception>
    public static OsvRecord Record(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new OsvFormatException($"not an OSV record: a JSON {Kind(root)}, not an object");
        return new OsvRecord
        {
            Id = OsvField.Text(root, "id") is { Length: > 0 } id ? id : throw new OsvFormatException("not an OSV record: it has no id"),
            Modified = Date(root, "modified") ?? throw new OsvFormatException("not an OSV record: it has no modified"),
            Published = Date(root, "published"),
            Withdrawn = Date(root, "withdrawn"),
            Affected = [.. OsvField.Items(root, "affected").Select(OsvAffectedParser.Affected).OfType<OsvAffected>()],
            Text = new OsvText
            {
                Aliases = OsvField.Texts(root, "aliases"),
                Upstream = OsvField.Texts(root, "upstream"),
                Related = OsvField.Texts(root, "related"),
                Summary = OsvField.Text(root, "summary"),
                Details = OsvField.Text(root, "details"),
                References = [.. OsvField.Items(root, "references").Select(r => OsvField.Text(r, "url")).OfType<string>().Where(IsWeb).Distinct()],
                Severities = OsvAffectedParser.Severities(root),
                Word = OsvAffectedParser.Word(root, "database_specific"),
            },
        };
    }

    /// <summary>RFC 3339 in UTC, as the schema demands; an offset is understood as well.</summary>
    private static DateTimeOffset? Date(JsonElement root, string name)
    {
        if (OsvField.Text(root, name) is not { } text) return null;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var date)
            ? date
            : throw new OsvFormatException($"not an OSV record: its {name} is no date");
    }

    /// <summary>Addresses become links on a page; only those that a browser may follow are kept.</summary>
    private static bool IsWeb(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static string Kind(JsonElement element) => element.ValueKind.ToString().ToLowerInvariant();
}
