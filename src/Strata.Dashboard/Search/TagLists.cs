using Strata.Oci;
using Strata.Registry.Client;
using Strata.Ui.Format;

namespace Strata.Dashboard.Search;

/// <summary>Fetches the tags of search results, all at once, and does not wait long: a page with some tags is better than none.</summary>
internal sealed class TagLists(RegistryClient registries, TimeProvider clock)
{
    /// <summary>Results whose tags are asked for; further ones get a field to type a tag into.</summary>
    private const int Most = 25;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The tags by repository, in the order of a picker. A repository whose tags are not to be had is left out.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> FetchAsync(
        string registry, IEnumerable<string> repositories, CancellationToken cancellationToken)
    {
        using var hurry = new CancellationTokenSource(Patience, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(hurry.Token, cancellationToken);
        var lists = await Task.WhenAll(repositories.Take(Most).Select(async repository => (repository, tags: await OneAsync(registry, repository, stop.Token))));
        return lists.Where(l => l.tags.Count > 0).DistinctBy(l => l.repository).ToDictionary(l => l.repository, l => l.tags, StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<string>> OneAsync(string registry, string repository, CancellationToken cancellationToken)
    {
        try
        {
            // docker.io says "python" in its search and wants "library/python" here.
            if (!Reference.TryParse($"{registry}/{repository}", out var name)) return [];
            var tags = await registries.ListTagsAsync(name.Registry, name.Repository, cancellationToken);
            return [.. tags.Order(TagOrder.Instance)];
        }
        catch (Exception e) when (e is RegistryException or OperationCanceledException or HttpRequestException)
        {
            return [];
        }
    }
}
