namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>Takes a running container's streams in hand, from now on. Who calls disposes the attachment.</summary>
    /// <exception cref="ContainerException">It does not run.</exception>
    public async Task<(ContainerRecord Record, Attachment Attachment)> AttachAsync(string nameOrId, CancellationToken cancellationToken)
    {
        var record = await FindAsync(nameOrId, cancellationToken).ConfigureAwait(false);
        if (!IsActive(record)) throw new ContainerException("You cannot attach to a stopped container, start it first", $"strata start -a {record.Name}") { Fault = ContainerFault.WrongState, ExitCode = 1 };
        if (record.State.Status == ContainerStatus.Paused) throw new ContainerException("You cannot attach to a paused container, unpause it first", $"strata unpause {record.Name}") { Fault = ContainerFault.WrongState, ExitCode = 1 };
        return (record, Attachment.Connect(_folders.Of(record.Id), record));
    }
}
