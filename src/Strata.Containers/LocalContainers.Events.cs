using System.Runtime.CompilerServices;
using Strata.Containers.Kernel;
using Strata.Containers.Logs;

namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>What happened since a moment, the oldest first, and goes on with what happens until another.</summary>
    /// <param name="since">Null: from now on.</param>
    /// <param name="until">Null: for ever.</param>
    public async IAsyncEnumerable<ContainerEvent> EventsAsync(DateTimeOffset? since, DateTimeOffset? until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _folders.Prepare();
        var now = _clock.GetUtcNow();
        if (until is not null && until <= now)
        {
            foreach (var happened in _events.Read().Where(e => e.Time >= (since ?? now) && e.Time <= until)) yield return happened;
            yield break;
        }
        using var watch = new FolderWatch(_folders.Root, Libc.Arrived | Libc.Modified);
        using var file = new LogFile(_events.File);
        using var limit = until is { } end ? new CancellationTokenSource(end - now, _clock) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (true)
        {
            foreach (var line in file.ReadLines())
                if (Events.EventLog.TryParse(System.Text.Encoding.UTF8.GetString(line.Span)) is { } happened && happened.Time >= (since ?? now)) yield return happened;
            try
            {
                await watch.WaitAsync(-1, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                yield break;
            }
        }
    }
}
