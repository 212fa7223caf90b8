using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Strata.Dashboard.Tasks;

/// <summary>The board for programs, as JSON.</summary>
internal static class TaskEndpoints
{
    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/tasks", (TaskBoard board) => BoardView.Of(board.List()));
        routes.MapGet("/api/v1/tasks/{id}", Results<Ok<TaskView>, NotFound> (string id, TaskBoard board) =>
            board.Find(id) is { } task ? TypedResults.Ok(TaskView.Of(task.Snapshot)) : TypedResults.NotFound());
    }
}
