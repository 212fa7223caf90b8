using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Strata.Layers;

namespace Strata.Hub;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImmutableSortedDictionary<string, string>))]
[JsonSerializable(typeof(FileChanges[]))]
[JsonSerializable(typeof(DockerSearch))]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(RepositoryAnswer))]
[JsonSerializable(typeof(GarbageAnswer))]
[JsonSerializable(typeof(CheckAnswer))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(RestoreAnswer))]
[JsonSerializable(typeof(UsageAnswer))]
[JsonSerializable(typeof(VulnerabilitiesAnswer))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(TokenClaims))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(TokenRefusal))]
[JsonSerializable(typeof(UserAnswer[]))]
[JsonSerializable(typeof(NewUser))]
[JsonSerializable(typeof(NewPassword))]
[JsonSerializable(typeof(TokenDetails[]))]
[JsonSerializable(typeof(NewToken))]
[JsonSerializable(typeof(OrganisationAnswer[]))]
[JsonSerializable(typeof(NewOrganisation))]
[JsonSerializable(typeof(MemberRole))]
[JsonSerializable(typeof(RepositoryVisibility))]
internal sealed partial class HubJson : JsonSerializerContext;
