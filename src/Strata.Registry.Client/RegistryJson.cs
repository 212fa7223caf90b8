using System.Text.Json.Serialization;

namespace Strata.Registry.Client;

/// <summary>What registries and docker's configuration say in JSON; only what is read here.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(DockerConfig))]
[JsonSerializable(typeof(HelperAnswer))]
[JsonSerializable(typeof(HelperRequest))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(TagList))]
[JsonSerializable(typeof(ErrorList))]
[JsonSerializable(typeof(SearchAnswer))]
internal sealed partial class RegistryJson : JsonSerializerContext;

internal sealed record DockerConfig(
    IReadOnlyDictionary<string, DockerAuth>? Auths, string? CredsStore, IReadOnlyDictionary<string, string>? CredHelpers);

internal sealed record DockerAuth(string? Auth, string? Username, string? Password, string? IdentityToken);

internal sealed record HelperAnswer(string? Username, string? Secret);

internal sealed record HelperRequest(string ServerURL, string Username, string Secret);

internal sealed record TokenAnswer(string? Token, [property: JsonPropertyName("access_token")] string? AccessToken);

internal sealed record TagList(string? Name, IReadOnlyList<string>? Tags);

internal sealed record ErrorList(IReadOnlyList<ErrorItem>? Errors);

internal sealed record ErrorItem(string? Code, string? Message);

internal sealed record SearchAnswer([property: JsonPropertyName("num_results")] int NumResults, IReadOnlyList<SearchItem>? Results);

internal sealed record SearchItem(
    string? Name,
    string? Description,
    [property: JsonPropertyName("star_count")] long StarCount,
    [property: JsonPropertyName("is_official")] bool IsOfficial);
