using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Strata.Containers;

namespace Strata.Dashboard.Events;

/// <summary>The log of a container for pages.</summary>
internal sealed class ContainerLogs(LocalContainers containers, TimeProvider clock)
{
    private const int MostOfBatch = 500;

    /// <summary>Lines are sent together that come within this time: a page need not be faster than eyes.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    /// <summary>Its last lines as they are now.</summary>
    /// <exception cref="ContainerException">There is no such container, or it keeps no log.</exception>
    public async Task<IReadOnlyList<LogPiece>> TailAsync(string id, CancellationToken cancellationToken)
    {
        var lines = new List<LogPiece>();
        await foreach (var line in containers.LogsAsync(id, new LogQuery { Tail = LogText.Tail }, cancellationToken)) lines.Add(LogText.Of(line));
        return lines;
    }

    /// <summary>Its last lines, and what comes; when it ends and starts again, its last lines anew.</summary>
    /// <exception cref="ContainerException">There is no such container, or it keeps no log.</exception>
    public async IAsyncEnumerable<LogBatch> FollowAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            // Asked for before the log is read: a start in between is not missed.
            await using var events = containers.EventsAsync(since: null, until: null, cancellationToken).GetAsyncEnumerator(cancellationToken);
            var next = events.MoveNextAsync().AsTask();
            var isFirst = true;
            await foreach (var lines in BatchesAsync(id, cancellationToken))
            {
                yield return new LogBatch(isFirst, lines);
                isFirst = false;
            }
            for (; await next && !(events.Current.Action == "start" && events.Current.Id == id); next = events.MoveNextAsync().AsTask()) { }
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<LogPiece>> BatchesAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A container that writes faster than the page reads waits for nobody: only this reader does.
        var lines = Channel.CreateBounded<LogPiece>(MostOfBatch);
        var reading = ReadAsync(id, lines.Writer, cancellationToken);
        while (await lines.Reader.WaitToReadAsync(cancellationToken))
        {
            var batch = new List<LogPiece>();
            while (batch.Count < MostOfBatch && lines.Reader.TryRead(out var line)) batch.Add(line);
            yield return batch;
            await Task.Delay(Pace, clock, cancellationToken);
        }
        await reading;
    }

    private async Task ReadAsync(string id, ChannelWriter<LogPiece> to, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await foreach (var line in containers.LogsAsync(id, new LogQuery { Tail = LogText.Tail, Follow = true }, cancellationToken))
                await to.WriteAsync(LogText.Of(line), cancellationToken);
        }
        catch (Exception e) when (e is ContainerException or IOException or OperationCanceledException)
        {
            failure = e;
        }
        to.Complete(failure);
    }
}
