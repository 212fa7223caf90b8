using System.Text.Json;

namespace Strata.Oci;

/// <summary>Says what a JSON document is by its own words.</summary>
public static class DocumentType
{
    /// <summary>
    /// The document's <c>mediaType</c>; where it has none, as OCI documents need not, what its fields make it. Null when it is neither.
    /// </summary>
    public static string? Of(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            string? byFields = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isType = reader.ValueTextEquals("mediaType"u8);
                if (reader.ValueTextEquals("manifests"u8)) byFields = MediaTypes.OciIndex;
                else if (reader.ValueTextEquals("layers"u8)) byFields ??= MediaTypes.OciManifest;
                if (!reader.Read()) return null;
                if (isType && reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } type) return type;
                reader.Skip();
            }
            return byFields;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
