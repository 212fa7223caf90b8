using System.Text.Json.Serialization;
using Strata.Oci;

namespace Strata.Build.Cache;

/// <summary>What a step made the last time.</summary>
internal sealed record CacheRecord
{
    [JsonPropertyName("layer")]
    public required Descriptor Layer { get; init; }

    [JsonPropertyName("diffId")]
    public required Digest DiffId { get; init; }

    /// <summary>How the layer is compressed, where that was asked for.</summary>
    [JsonPropertyName("form")]
    public string? Form { get; init; }

    /// <summary>The newest time of what went in, in seconds since 1970.</summary>
    [JsonPropertyName("newest")]
    public long Newest { get; init; }

    [JsonPropertyName("instruction")]
    public required string Instruction { get; init; }

    /// <summary>The key of the step before it.</summary>
    [JsonPropertyName("parent")]
    public required string Parent { get; init; }

    /// <summary>What went in, and a digest of what counts of each: kept to say what changed.</summary>
    [JsonPropertyName("inputs")]
    public IReadOnlyDictionary<string, string>? Inputs { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(DigestJsonConverter)])]
[JsonSerializable(typeof(CacheRecord))]
[JsonSerializable(typeof(Exchange.CacheDocument))]
internal sealed partial class BuildJson : JsonSerializerContext;
