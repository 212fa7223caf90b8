using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Strata.Hub;

/// <summary>JSON as it is kept: compressed, and quickly.</summary>
internal static class PackedJson
{
    public static void Write<T>(Stream target, T value, JsonTypeInfo<T> type)
    {
        using var packed = new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true);
        JsonSerializer.Serialize(packed, value, type);
    }

    /// <summary>Null for what is damaged.</summary>
    public static T? Read<T>(Stream source, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            using var packed = new BrotliStream(source, CompressionMode.Decompress);
            return JsonSerializer.Deserialize(packed, type);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }
}
