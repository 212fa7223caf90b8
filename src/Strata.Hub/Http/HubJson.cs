using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Strata.Hub;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImmutableSortedDictionary<string, string>))]
[JsonSerializable(typeof(DockerSearch))]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(RepositoryAnswer))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class HubJson : JsonSerializerContext;
