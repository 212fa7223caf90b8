using Strata.Containers.Records;

namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>Removes a container with all that it has changed.</summary>
    /// <param name="force">One that runs is killed.</param>
    /// <param name="withVolumes">Its anonymous volumes, too.</param>
    /// <exception cref="ContainerException">There is none such, or it runs.</exception>
    public async Task<ContainerRecord> RemoveAsync(string nameOrId, bool force, bool withVolumes, CancellationToken cancellationToken)
    {
        var record = await FindAsync(nameOrId, cancellationToken).ConfigureAwait(false);
        if (IsActive(record))
        {
            if (!force) throw StillRuns(record);
            // A paused one dies too, but only when it goes on.
            Send(record, Runtime.Signals.Kill);
            if (record.State.Status == ContainerStatus.Paused) await UnpauseAsync(record.Id, cancellationToken).ConfigureAwait(false);
            await WaitForProcessAsync(record, cancellationToken).ConfigureAwait(false);
        }
        var folder = _folders.Of(record.Id);
        try
        {
            using var held = folder.TakeLock();
            if (folder.TryRead() is not { } last || await SettleHeldAsync(folder, last, cancellationToken).ConfigureAwait(false) is not { } settled) return record;
            RemoveFolder(folder, settled, withVolumes);
            return settled;
        }
        catch (ContainerException e) when (e.Fault == ContainerFault.NoSuchContainer)
        {
            return record; // its own --rm was first
        }
    }

    private static ContainerException StillRuns(ContainerRecord record) => new(
        $"cannot remove container \"/{record.Name}\": container is {(record.State.Status == ContainerStatus.Paused ? "paused" : "running")}: stop the container before removing or force remove",
        $"strata stop {record.Name}, or strata rm -f {record.Name}")
    { Fault = ContainerFault.WrongState, ExitCode = 1 };

    /// <summary>Removes all that do not run.</summary>
    /// <returns>Those that went, with the bytes that came free.</returns>
    public async Task<(IReadOnlyList<ContainerRecord> Removed, long FreedBytes)> PruneAsync(Func<ContainerRecord, bool> which, CancellationToken cancellationToken)
    {
        var removed = new List<ContainerRecord>();
        long freed = 0;
        foreach (var record in await ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (IsActive(record) || record.State.Status == ContainerStatus.Restarting || !which(record)) continue;
            var bytes = WritableBytes(record);
            removed.Add(await RemoveAsync(record.Id, force: false, withVolumes: false, cancellationToken).ConfigureAwait(false));
            freed += bytes;
        }
        return (removed, freed);
    }

    /// <summary>Bytes that the container has changed or added.</summary>
    public long WritableBytes(ContainerRecord record) => FolderSize.Of(_folders.Of(record.Id).Upper);

    /// <summary>The container's lock is held, and nothing of it runs.</summary>
    private void RemoveFolder(ContainerFolder folder, ContainerRecord record, bool withVolumes)
    {
        // First it loses its place: what a kill leaves counts as no container.
        var removing = _folders.Removing(folder.Id);
        Directory.Move(folder.Path, removing.Path);
        _folders.Unname(record.Name, folder.Id);
        _store.Unpin(PinOf(folder.Id));
        if (withVolumes) RemoveVolumes(record);
        Directory.Delete(removing.Path, recursive: true);
        _events.Add(record, "destroy");
    }
}
