namespace Strata.Hub;

/// <summary>The repositories of the hub as a visitor may see them. Whether there is one that he may not see is not said.</summary>
public sealed class VisibleRepositories
{
    private readonly Catalogue _catalogue;
    private readonly Projection _projection;
    private readonly RepositorySearch _search;

    internal VisibleRepositories(Catalogue catalogue, Projection projection, RepositorySearch search) =>
        (_catalogue, _projection, _search) = (catalogue, projection, search);

    /// <summary>Those that a text finds, the best first; an empty one finds all.</summary>
    /// <param name="page">From 1.</param>
    public async ValueTask<FoundRepositories> SearchAsync(
        Visitor visitor, string? text, bool? official, int page, int pageSize, CancellationToken cancellationToken)
    {
        await _projection.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var found = _search.Find(text, visitor.Visible, official, page, pageSize);
        return new FoundRepositories(found.Total, found.Repositories);
    }

    /// <summary>Null when there is none with a tag, or none to see.</summary>
    public async ValueTask<HubRepository?> FindAsync(Visitor visitor, string name, CancellationToken cancellationToken)
    {
        await _projection.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return visitor.MaySee(name) && _catalogue.TryFind(name, out var entry) && !entry.Snapshot.Tags.IsEmpty ? entry.Repository : null;
    }
}

/// <summary>One page of what was found, and how much there is.</summary>
public sealed record FoundRepositories(int Total, IReadOnlyList<HubRepository> Repositories);
