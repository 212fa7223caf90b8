using System.Text.Json.Serialization;

namespace Strata.Vulnerabilities.Osv;

/// <summary>The stored parts of a record; source-generated, so that it works in a NativeAOT program.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OsvText))]
[JsonSerializable(typeof(OsvVersions))]
internal sealed partial class OsvJson : JsonSerializerContext;
