using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Strata.Hub;

/// <summary>
/// All repositories, in memory: a few hundred bytes each, so a hub of ten thousand fits in a few megabytes and a search is a walk over them.
/// The database has the same and is what a start reads. Changed by one thread, read by any.
/// </summary>
internal sealed class Catalogue
{
    private readonly ConcurrentDictionary<string, CatalogueEntry> _entries = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>Another one after each change.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Rings after each change.</summary>
    public Bell Changes { get; } = new();

    public IEnumerable<CatalogueEntry> Entries => _entries.Select(e => e.Value);

    public bool TryFind(string name, [NotNullWhen(true)] out CatalogueEntry? entry) => _entries.TryGetValue(name, out entry);

    public void Set(HubRepository repository)
    {
        _entries.AddOrUpdate(
            repository.Name,
            static (_, added) => new CatalogueEntry(added),
            static (_, before, changed) =>
            {
                before.Replace(changed);
                return before;
            },
            repository);
        Interlocked.Increment(ref _version);
        Changes.Ring();
    }
}
