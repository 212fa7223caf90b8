using System.Text.Json.Serialization;

namespace Strata.Containers.Volumes;

/// <summary>The documents about volumes; source-generated.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(VolumeDefinition))]
internal sealed partial class VolumeJson : JsonSerializerContext;
