using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Strata.Dashboard.Tasks;

/// <summary>The board for programs: JSON, and a stream of events that ends when the page is left.</summary>
internal static class TaskEndpoints
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/tasks", (TaskBoard board) => BoardView.Of(board.List()));
        routes.MapGet("/api/v1/tasks/{id}", Results<Ok<TaskView>, NotFound> (string id, TaskBoard board) =>
            board.Find(id) is { } task ? TypedResults.Ok(TaskView.Of(task.Snapshot)) : TypedResults.NotFound());
        routes.MapGet("/api/v1/tasks/events", (TaskBoard board, IHostApplicationLifetime life, HttpContext http) =>
            TypedResults.ServerSentEvents(EventsAsync(board, life.ApplicationStopping, http.RequestAborted)));
    }

    private static async IAsyncEnumerable<SseItem<BoardView>> EventsAsync(
        TaskBoard board, CancellationToken stopping, CancellationToken left, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // A stream must not hold up the end of the process.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, left, cancellationToken);
        await using var boards = board.WatchAsync(Pace, end.Token).GetAsyncEnumerator(end.Token);
        while (true)
        {
            try
            {
                if (!await boards.MoveNextAsync()) yield break;
            }
            catch (OperationCanceledException)
            {
                yield break;
            }
            yield return new SseItem<BoardView>(BoardView.Of(boards.Current), "board");
        }
    }
}
