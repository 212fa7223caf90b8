using Microsoft.AspNetCore.Http;

namespace Strata.Hub;

/// <summary>The two searches: docker's and our own.</summary>
internal sealed class SearchEndpoints(RepositorySearch search, Projection projection, HubGate gate)
{
    /// <summary>The most tags that a result names.</summary>
    private const int ShownTags = 10;

    /// <summary><c>GET /v1/search?q=&amp;n=&amp;page=</c></summary>
    public async Task DockerAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (!PageQuery.TryRead(query, "n", out var page))
        {
            await RefuseAsync(context, "n").ConfigureAwait(false);
            return;
        }
        await projection.CatchUpAsync(context.RequestAborted).ConfigureAwait(false);
        var text = query["q"].ToString();
        var found = search.Find(text, await gate.VisibleAsync(context).ConfigureAwait(false), official: null, page.Page, page.Size);
        var results = found.Repositories.Select(r => new DockerSearchResult(
            r.Name, ShortText.Line(r.Description.Length > 0 ? r.Description : r.Title), r.Stars, r.IsOfficial, IsAutomated: false)).ToArray();
        var pages = (found.Total + page.Size - 1) / page.Size;
        var answer = new DockerSearch(text, found.Total, pages, page.Page, page.Size, results);
        await Respond.JsonAsync(context, answer, HubJson.Default.DockerSearch).ConfigureAwait(false);
    }

    /// <summary><c>GET /api/v1/search?q=&amp;page=&amp;page_size=&amp;official=</c></summary>
    public async Task SearchAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (!PageQuery.TryRead(query, "page_size", out var page))
        {
            await RefuseAsync(context, "page_size").ConfigureAwait(false);
            return;
        }
        bool? official = query["official"].ToString().ToLowerInvariant() switch
        {
            "true" or "1" => true,
            "false" or "0" => false,
            _ => null,
        };
        await projection.CatchUpAsync(context.RequestAborted).ConfigureAwait(false);
        var text = query["q"].ToString();
        var found = search.Find(text, await gate.VisibleAsync(context).ConfigureAwait(false), official, page.Page, page.Size);
        var results = found.Repositories.Select(r => ToResult(r, found.Query.Tag)).ToArray();
        var answer = new SearchAnswer(text, found.Total, page.Page, page.Size, results);
        await Respond.JsonAsync(context, answer, HubJson.Default.SearchAnswer).ConfigureAwait(false);
    }

    private static SearchResult ToResult(HubRepository repository, string? wanted)
    {
        // The tag that was asked for is shown whatever its age.
        var tags = repository.Tags.Values.OrderByDescending(t => t.Name == wanted).ThenByDescending(t => t.Pushed).Take(ShownTags).ToArray();
        return new SearchResult(
            repository.Name,
            repository.Namespace,
            ShortText.Line(repository.Description.Length > 0 ? repository.Description : repository.Title),
            repository.IsOfficial,
            repository.Stars,
            repository.Pulls,
            repository.Updated,
            [.. tags.Select(t => t.Name)],
            [.. tags.SelectMany(t => t.Platforms).Distinct(StringComparer.Ordinal)]);
    }

    private static Task RefuseAsync(HttpContext context, string size) => Respond.ProblemAsync(
        context, StatusCodes.Status400BadRequest, "The page is not valid", $"page must be a number from 1, {size} a number from 1 to {PageQuery.Most}");
}
