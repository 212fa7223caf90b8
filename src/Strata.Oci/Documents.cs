using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Strata.Oci;

/// <summary>Reads and writes the JSON documents with one set of limits and one way to say what is wrong.</summary>
internal static class Documents
{
    public static T Read<T>(ReadOnlySpan<byte> json, int maxBytes, string what, JsonTypeInfo<T> type)
    {
        if (json.Length > maxBytes) throw new DocumentException($"{what} has {json.Length} bytes; at most {maxBytes} are allowed");
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new DocumentException($"{what} is null");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new DocumentException($"{what} is not valid: {e.Message}", e);
        }
    }

    public static byte[] Write<T>(T document, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(document, type);
}
