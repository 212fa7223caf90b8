using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strata.Oci;

/// <summary>Source-generated serialisation of the spec's documents; no reflection, so it works in a NativeAOT program.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(DigestJsonConverter)])]
[JsonSerializable(typeof(Descriptor))]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(ImageIndex))]
[JsonSerializable(typeof(ImageConfig))]
public sealed partial class OciJson : JsonSerializerContext;

/// <summary>A digest is a string in JSON; one that is no digest is an error of the document.</summary>
public sealed class DigestJsonConverter : JsonConverter<Digest>
{
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException("a digest must be a string");
        return Digest.TryParse(reader.GetString(), out var digest)
            ? digest
            : throw new JsonException($"'{Shown.Text(reader.GetString())}' is not a digest");
    }

    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
