using System.Text.Json.Serialization;

namespace Strata.Containers.Networks;

/// <summary>The documents about networks; source-generated.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NetworkDefinition))]
[JsonSerializable(typeof(AttachedContainer))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class NetworkJson : JsonSerializerContext;
