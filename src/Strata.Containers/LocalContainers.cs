using Strata.Containers.Events;
using Strata.Containers.Networks;
using Strata.Containers.Records;
using Strata.Containers.Volumes;
using Strata.Content;

namespace Strata.Containers;

/// <summary>
/// The containers of one store, one verb a file. Safe under many processes at once: each container has a lock, which the kernel gives up with its
/// holder. Whoever looks at a container first settles what has become of it: that it has ended, that the machine was started anew, that somebody
/// was killed in the midst.
/// </summary>
public sealed partial class LocalContainers
{
    private readonly ContentStore _store;
    private readonly ContainersOptions _options;
    private readonly TimeProvider _clock;
    private readonly ContainerFolders _folders;
    private readonly EventLog _events;

    public LocalContainers(ContentStore store, ContainersOptions options, TimeProvider clock)
    {
        (_store, _options, _clock) = (store, options, clock);
        _folders = new ContainerFolders(store.Root);
        _events = new EventLog(_folders.Events, clock);
        Networks = new ContainerNetworks(store.Root, clock);
        Volumes = new ContainerVolumes(store.Root, clock);
    }

    /// <summary>The container that people mean: by name, by ID, or by the beginning of an ID. As it is now.</summary>
    /// <exception cref="ContainerException">There is none, or several begin so.</exception>
    public async Task<ContainerRecord> FindAsync(string nameOrId, CancellationToken cancellationToken)
    {
        var folder = Locate(nameOrId);
        return await SettledAsync(folder, cancellationToken).ConfigureAwait(false) ?? throw NoSuch(nameOrId);
    }

    /// <summary>All containers as they are now, the newest first.</summary>
    public async Task<IReadOnlyList<ContainerRecord>> ListAsync(CancellationToken cancellationToken)
    {
        var records = new List<ContainerRecord>();
        foreach (var folder in _folders.All())
        {
            if (await SettledAsync(folder, cancellationToken).ConfigureAwait(false) is { } record) records.Add(record);
        }
        await RemoveUnfinishedAsync(cancellationToken).ConfigureAwait(false);
        records.Sort((a, b) => b.Created.CompareTo(a.Created));
        return records;
    }

    private ContainerFolder Locate(string nameOrId)
    {
        var text = nameOrId.StartsWith('/') ? nameOrId[1..] : nameOrId;
        if (ContainerNames.IsValid(text) && _folders.IdOf(text) is { } named && Directory.Exists(_folders.Of(named).Path)) return _folders.Of(named);
        if (text.Length == 0 || text.AsSpan().ContainsAnyExcept("0123456789abcdef")) throw NoSuch(nameOrId);
        var found = _folders.All().Where(f => f.Id.StartsWith(text, StringComparison.Ordinal)).Take(2).ToArray();
        return found.Length switch
        {
            1 => found[0],
            0 => throw NoSuch(nameOrId),
            _ => throw new ContainerException($"multiple IDs found with provided prefix: {text}", "write more of it; `strata ps -a` lists them"),
        };
    }

    private static ContainerException NoSuch(string nameOrId) =>
        new($"No such container: {nameOrId}", "`strata ps -a` lists them") { Fault = ContainerFault.NoSuchContainer, ExitCode = 1 };
}
