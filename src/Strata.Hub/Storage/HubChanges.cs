namespace Strata.Hub;

/// <summary>What a batch of events changed, to be written at once; the last state of each row only.</summary>
internal sealed class HubChanges
{
    private readonly Dictionary<string, HubRepository> _repositories = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), HubTag?> _tags = [];

    public bool IsEmpty => _repositories.Count == 0 && _tags.Count == 0;

    public IEnumerable<HubRepository> Repositories => _repositories.Values;

    public IEnumerable<(string Repository, HubTag Tag)> Tags => _tags.Where(t => t.Value is not null).Select(t => (t.Key.Item1, t.Value!));

    public IEnumerable<(string Repository, string Tag)> RemovedTags => _tags.Where(t => t.Value is null).Select(t => t.Key);

    public void Set(HubRepository repository) => _repositories[repository.Name] = repository;

    public void SetTag(string repository, HubTag tag) => _tags[(repository, tag.Name)] = tag;

    public void RemoveTag(string repository, string tag) => _tags[(repository, tag)] = null;

    public void Clear()
    {
        _repositories.Clear();
        _tags.Clear();
    }
}
