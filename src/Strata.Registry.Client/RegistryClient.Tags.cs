using System.Text.Json;

namespace Strata.Registry.Client;

public sealed partial class RegistryClient
{
    private const int MaxListBytes = 16 * 1024 * 1024;
    private const int MaxPages = 1000;

    /// <summary>All tags of a repository, in the registry's order, all pages. Distribution spec, "Listing Tags".</summary>
    /// <exception cref="RegistryException">There is no such repository, or the registry cannot be reached.</exception>
    public async Task<IReadOnlyList<string>> ListTagsAsync(string registry, string repository, CancellationToken cancellationToken)
    {
        var tags = new List<string>();
        Uri? page = new(_hosts.ForWriting(registry), $"v2/{repository}/tags/list");
        for (var i = 0; page is not null && i < MaxPages; i++)
        {
            var address = page;
            using var response = await SendAsync(registry, PullScope(repository),
                () => new HttpRequestMessage(HttpMethod.Get, address), cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw await RefusedAsync(response, registry, $"the tags of {repository}", null, cancellationToken).ConfigureAwait(false);
            var body = await BoundedContent.ReadAsync(response.Content, MaxListBytes, $"the list of tags of {repository}", cancellationToken).ConfigureAwait(false);
            tags.AddRange(ReadTags(body, registry));
            page = NextPage(address, response);
        }
        return tags;
    }

    private static IReadOnlyList<string> ReadTags(byte[] body, string registry)
    {
        try
        {
            return JsonSerializer.Deserialize(body, RegistryJson.Default.TagList)?.Tags ?? [];
        }
        catch (JsonException e)
        {
            throw new RegistryException($"{registry} answered with something else than a list of tags", "check that a registry answers at this address", e);
        }
    }

    /// <summary><c>Link: &lt;/v2/x/tags/list?last=b&gt;; rel="next"</c>, kept to the same host. RFC 8288.</summary>
    private static Uri? NextPage(Uri page, HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Link", out var links)) return null;
        foreach (var link in links)
        {
            var (open, close) = (link.IndexOf('<', StringComparison.Ordinal), link.IndexOf('>', StringComparison.Ordinal));
            if (open < 0 || close < open || !link[close..].Contains("next", StringComparison.Ordinal)) continue;
            if (Uri.TryCreate(page, link[(open + 1)..close], out var next) && SameHost(next, page)) return next;
        }
        return null;
    }
}
