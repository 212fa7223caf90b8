using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Strata.Containers;
using Strata.Dashboard.Tasks;

namespace Strata.Dashboard.Events;

/// <summary>The one stream of a page: the board of tasks, and where the page shows containers, what becomes of them and what one writes.</summary>
internal sealed class LiveEvents(TaskBoard board, LocalContainers containers, ContainerLogs logs)
{
    public const string Board = "board";
    public const string Containers = "containers";
    public const string Log = "log";

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    /// <param name="watch">Empty for the tasks alone; <c>all</c> for all containers besides; else the ID of one, with its log.</param>
    /// <param name="cancellationToken">Ends the stream, and that is no error.</param>
    public async IAsyncEnumerable<SseItem<object>> WatchAsync(string watch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var events = Channel.CreateBounded<SseItem<object>>(8);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sources = new List<Task> { Pump(BoardsAsync(stop.Token), events.Writer) };
        if (watch.Length > 0) sources.Add(Pump(ChangesAsync(watch, stop.Token), events.Writer));
        if (watch.Length > 0 && watch != "all") sources.Add(Pump(LinesAsync(watch, stop.Token), events.Writer));
        var all = Task.WhenAll(sources).ContinueWith(t => events.Writer.TryComplete(t.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await foreach (var item in events.Reader.ReadAllAsync(CancellationToken.None)) yield return item;
        }
        finally
        {
            await stop.CancelAsync();
            while (events.Reader.TryRead(out _)) { }
            await all;
        }

        async Task Pump(IAsyncEnumerable<SseItem<object>> from, ChannelWriter<SseItem<object>> to)
        {
            try
            {
                await foreach (var item in from) await to.WriteAsync(item, stop.Token);
            }
            catch (OperationCanceledException)
            {
                // The page is left, or the process ends.
            }
            catch (ContainerException)
            {
                // The container is gone, which the page is told as a change; the rest of the stream goes on.
            }
        }
    }

    private async IAsyncEnumerable<SseItem<object>> BoardsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var tasks in board.WatchAsync(Pace, cancellationToken)) yield return new SseItem<object>(BoardView.Of(tasks), Board);
    }

    private async IAsyncEnumerable<SseItem<object>> ChangesAsync(string watch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in containers.EventsAsync(since: null, until: null, cancellationToken))
        {
            if (watch == "all" || happened.Id == watch) yield return new SseItem<object>(new ContainerChange(happened.Id, happened.Action), Containers);
        }
    }

    private async IAsyncEnumerable<SseItem<object>> LinesAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in logs.FollowAsync(id, cancellationToken)) yield return new SseItem<object>(batch, Log);
    }
}
