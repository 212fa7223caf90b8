using System.Text.Json.Serialization;
using Strata.Oci;

namespace Strata.Containers.Records;

/// <summary>
/// The documents that this room keeps; source-generated. Everything is written but null: what is not there would be read as 0 and not as the
/// default that its declaration has.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(DigestJsonConverter)])]
[JsonSerializable(typeof(ContainerRecord))]
internal sealed partial class ContainerJson : JsonSerializerContext;
