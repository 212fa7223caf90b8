using System.Text.Json.Serialization;
using Strata.Oci;

namespace Strata.Packages.Facts;

/// <summary>Source-generated, so that it works in a NativeAOT program. A null where none may be makes the facts damaged.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    Converters = [typeof(DigestJsonConverter)])]
[JsonSerializable(typeof(LayerCatalog))]
internal sealed partial class FactsJson : JsonSerializerContext;
