using System.Globalization;
using System.Net;
using System.Text.Json;
using Strata.Registry.Client.Auth;

namespace Strata.Registry.Client;

public sealed partial class RegistryClient
{
    private const string CatalogScope = "registry:catalog:*";

    /// <summary>Searches by docker's <c>/v1/search</c>, best match first. An empty query lists what the registry cares to show.</summary>
    /// <param name="registry">Host and port.</param>
    /// <param name="query">Words of a name or a description.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="RegistryException">The registry has no search, or cannot be reached.</exception>
    public async Task<SearchPage> SearchAsync(string registry, string query, int limit, CancellationToken cancellationToken)
    {
        var count = Math.Clamp(limit, 1, 100).ToString(CultureInfo.InvariantCulture);
        var address = new Uri(SearchHost(registry), $"v1/search?q={Uri.EscapeDataString(query)}&n={count}");
        await IntroduceAsync(registry, CatalogScope, cancellationToken).ConfigureAwait(false);
        using var response = await SendAsync(registry, CatalogScope, () => new HttpRequestMessage(HttpMethod.Get, address), cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
            throw new RegistryException($"{registry} has no search", $"name the image in full: strata pull {registry}/NAME:TAG") { Status = response.StatusCode };
        if (!response.IsSuccessStatusCode)
            throw await RefusedAsync(response, registry, "to search", null, cancellationToken).ConfigureAwait(false);
        var body = await BoundedContent.ReadAsync(response.Content, MaxListBytes, "the search result", cancellationToken).ConfigureAwait(false);
        try
        {
            var answer = JsonSerializer.Deserialize(body, RegistryJson.Default.SearchAnswer);
            var hits = (answer?.Results ?? []).Where(r => !string.IsNullOrEmpty(r?.Name))
                .Select(r => new SearchHit(r.Name!, r.Description ?? "", r.StarCount, r.IsOfficial)).ToArray();
            return new SearchPage(answer?.NumResults ?? hits.Length, hits);
        }
        catch (JsonException e)
        {
            throw new RegistryException($"{registry} answered with something else than a search result", "check that a registry answers at this address", e);
        }
    }

    /// <summary>
    /// Says who we are before anybody asks, where we are somebody: a search answers strangers too, with less. docker.io's index knows
    /// no private repositories.
    /// </summary>
    private async Task IntroduceAsync(string registry, string scope, CancellationToken cancellationToken)
    {
        if (registry == "docker.io" || _authenticator.Known(registry, scope) is not null) return;
        if (await _options.Credentials.FindAsync(registry, cancellationToken).ConfigureAwait(false) is null) return;
        using var open = await AskAsync(registry, authorization: null, cancellationToken).ConfigureAwait(false);
        if (AuthChallenge.Of(open) is { } challenge) await _authenticator.AnswerAsync(registry, scope, challenge, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>docker.io is searched at its index, not at its registry.</summary>
    private Uri SearchHost(string registry) =>
        registry == "docker.io" ? new Uri("https://index.docker.io/") : _hosts.ForWriting(registry);
}

/// <summary>What a search found.</summary>
/// <param name="Total">How many there are in all.</param>
public sealed record SearchPage(int Total, IReadOnlyList<SearchHit> Hits);

/// <summary>A repository that was found; the name is within its registry, <c>library/python</c> or <c>python</c> as the registry writes it.</summary>
public sealed record SearchHit(string Name, string Description, long Stars, bool Official);
