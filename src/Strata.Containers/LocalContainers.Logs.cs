using System.Runtime.CompilerServices;
using Strata.Containers.Kernel;
using Strata.Containers.Logs;

namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>What a container wrote, the oldest first.</summary>
    /// <exception cref="ContainerException">There is none such, or its log is not kept.</exception>
    public async IAsyncEnumerable<LogLine> LogsAsync(string nameOrId, LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var record = await FindAsync(nameOrId, cancellationToken).ConfigureAwait(false);
        if (record.Spec.Log.Driver == "none") throw new ContainerException("configured logging driver does not support reading", $"{record.Name} was made with --log-driver none");
        var folder = _folders.Of(record.Id);
        using var file = new LogFile(folder.Log);
        if (query.Tail is { } tail) file.SeekToLast(tail);
        // Watched before it is read, so that nothing comes in between; the folder, since the log may be replaced.
        using var watch = query.Follow && IsActive(record) ? new FolderWatch(folder.Path, Libc.Arrived | Libc.Modified) : null;
        var process = watch is null ? -1 : Libc.OpenProcess(record.State.Pid);
        try
        {
            for (var ended = false; ;)
            {
                foreach (var text in file.ReadLines())
                {
                    if (LogLine.TryParse(text) is not { } line || (line.IsError ? !query.Errors : !query.Output) || line.Time < query.Since) continue;
                    if (line.Time > query.Until) yield break;
                    yield return line;
                }
                if (watch is null || ended) yield break;
                // What was written before the end is read once more after it.
                ended = process < 0 || Libc.IsReadable(process, 0);
                if (ended) await WaitAsync(record, cancellationToken).ConfigureAwait(false);
                else await watch.WaitAsync(process, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (process >= 0) _ = Libc.Close(process);
        }
    }
}
