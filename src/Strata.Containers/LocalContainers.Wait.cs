using Strata.Containers.Kernel;
using Strata.Containers.Runtime;

namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>Waits until a container has ended and is settled; one that does not run has. Its exit code.</summary>
    /// <exception cref="ContainerException">There is none such.</exception>
    public async Task<int> WaitAsync(string nameOrId, CancellationToken cancellationToken)
    {
        var record = await FindAsync(nameOrId, cancellationToken).ConfigureAwait(false);
        return await WaitAsync(record, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same of a container that is known, and may have removed itself meanwhile.</summary>
    public async Task<int> WaitAsync(ContainerRecord record, CancellationToken cancellationToken)
    {
        if (!IsActive(record)) return record.State.ExitCode;
        var folder = _folders.Of(record.Id);
        await WaitForProcessAsync(record, cancellationToken).ConfigureAwait(false);
        var exit = Directory.Exists(folder.Exits) ? await ContainerExit.WaitAsync(folder, cancellationToken).ConfigureAwait(false) : null;
        var settled = Directory.Exists(folder.Path) ? await SettledAsync(folder, cancellationToken).ConfigureAwait(false) : null;
        if (exit is not null) return exit.Code;
        // Somebody else was first: the record says it, or with --rm, when there is none any more, what has happened does.
        return settled is not null && !IsActive(settled) ? settled.State.ExitCode : _events.ExitCodeOf(record.Id) ?? ContainerExit.Unknown;
    }

    private static async Task WaitForProcessAsync(ContainerRecord record, CancellationToken cancellationToken)
    {
        var process = Libc.OpenProcess(record.State.Pid);
        if (process < 0) return;
        try
        {
            if (!IsAlive(record)) return;
            await Libc.WhenReadableAsync(process, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ = Libc.Close(process);
        }
    }
}
