using System.Text.Json.Serialization;
using Strata.Oci;
using Strata.Vulnerabilities.Matching;

namespace Strata.Hub;

/// <summary>What is kept of images. A null where none may be makes it damaged.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true,
    Converters = [typeof(DigestJsonConverter)])]
[JsonSerializable(typeof(KeptPackages))]
[JsonSerializable(typeof(ScanResult))]
internal sealed partial class ScanJson : JsonSerializerContext;
