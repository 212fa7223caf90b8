namespace Strata.Hub;

/// <summary>A repository with the texts that a search looks into, made ready once.</summary>
internal sealed class CatalogueEntry
{
    private volatile State _state;
    private long _pulls;

    public CatalogueEntry(HubRepository repository)
    {
        _state = new State(repository);
        _pulls = repository.Pulls;
    }

    /// <summary>The repository, with its pulls up to now.</summary>
    public HubRepository Repository => _state.Repository with { Pulls = Pulls };

    /// <summary>The repository, its pulls as they were when it last changed; allocates nothing.</summary>
    public HubRepository Snapshot => _state.Repository;

    public long Pulls => Interlocked.Read(ref _pulls);

    public string Name => _state.Repository.Name;

    /// <summary>What stands after the last slash.</summary>
    public string BaseName => _state.BaseName;

    /// <summary>Title and description in lower case.</summary>
    public string Text => _state.Text;

    public void CountPull() => Interlocked.Increment(ref _pulls);

    public void Replace(HubRepository repository) => _state = new State(repository);

    private sealed class State(HubRepository repository)
    {
        public HubRepository Repository { get; } = repository;

        public string BaseName { get; } = repository.Name[(repository.Name.LastIndexOf('/') + 1)..];

        public string Text { get; } = (repository.Title + "\n" + repository.Description).ToLowerInvariant();
    }
}
