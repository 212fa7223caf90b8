using Microsoft.AspNetCore.Http;
using Strata.Oci;

namespace Strata.Hub;

/// <summary><c>GET /api/v1/repositories/NAME</c>; a name has slashes.</summary>
internal sealed class RepositoryEndpoints(Catalogue catalogue, Projection projection, HubGate gate, ScanEndpoints scans)
{
    /// <summary>The most tags in one answer, the newest first; the registry's tags/list has them all.</summary>
    private const int MostTags = 1000;

    public async Task GetAsync(HttpContext context)
    {
        var name = context.Request.RouteValues["name"] as string ?? "";
        if (!ReferenceGrammar.IsRepository(name))
        {
            await Respond.ProblemAsync(
                context, StatusCodes.Status400BadRequest, "The name is not valid",
                "a repository's name has lowercase letters and digits, separated by '/', '.', '_', '__' or '-'").ConfigureAwait(false);
            return;
        }
        await projection.CatchUpAsync(context.RequestAborted).ConfigureAwait(false);
        var visible = await gate.VisibleAsync(context).ConfigureAwait(false);
        // Whether there is one that the client may not see is not said.
        if (!catalogue.TryFind(name, out var entry) || entry.Snapshot.Tags.IsEmpty || visible?.Invoke(name) == false)
        {
            await Respond.ProblemAsync(
                context, StatusCodes.Status404NotFound, "No such repository", $"this hub has no repository {name} with a tag").ConfigureAwait(false);
            return;
        }
        await Respond.JsonAsync(context, ToAnswer(entry.Repository), HubJson.Default.RepositoryAnswer).ConfigureAwait(false);
    }

    private RepositoryAnswer ToAnswer(HubRepository repository) => new(
        repository.Name,
        repository.Namespace,
        repository.Title,
        repository.Description,
        repository.IsOfficial,
        repository.Stars,
        repository.Pulls,
        repository.Updated,
        repository.Labels,
        repository.Tags.Count,
        [.. repository.Tags.Values.OrderByDescending(t => t.Pushed).Take(MostTags)
            .Select(t => new TagAnswer(t.Name, t.Digest, t.Size, t.Pushed, t.Platforms) { Vulnerabilities = scans.Summary(repository.Name, t) })]);
}
