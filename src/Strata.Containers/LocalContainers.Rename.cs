using Strata.Containers.Records;

namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <exception cref="ContainerException">There is none such, or the name is in use.</exception>
    public async Task<ContainerRecord> RenameAsync(string nameOrId, string name, CancellationToken cancellationToken)
    {
        var wanted = ContainerNames.Check(name.TrimStart('/'));
        var found = await FindAsync(nameOrId, cancellationToken).ConfigureAwait(false);
        var folder = _folders.Of(found.Id);
        using var held = folder.TakeLock();
        var record = folder.TryRead() ?? throw NoSuch(nameOrId);
        if (record.Name == wanted) throw new ContainerException("Renaming a container with the same name as its current name", "choose another");
        if (_folders.TryName(wanted, record.Id) is { } holder) throw NameInUse(wanted, holder);
        var renamed = record with { Name = wanted };
        folder.Write(renamed, durable: true);
        _folders.Unname(record.Name, record.Id);
        _events.Add(renamed, "rename", ("oldName", record.Name));
        return renamed;
    }

    /// <summary>Hands a signal on to process 1 of a container; one that has ended gets none.</summary>
    public void Signal(ContainerRecord record, int signal) => Send(record, signal);
}
