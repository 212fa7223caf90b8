using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Strata.Dashboard.Events;

/// <summary>The stream of events, which ends when the page is left.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/events", (string? watch, LiveEvents events, IHostApplicationLifetime life, HttpContext http) =>
            TypedResults.ServerSentEvents(EventsAsync(events, watch ?? "", life.ApplicationStopping, http.RequestAborted)));

    private static async IAsyncEnumerable<SseItem<object>> EventsAsync(
        LiveEvents events, string watch, CancellationToken stopping, CancellationToken left, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // A stream must not hold up the end of the process.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, left, cancellationToken);
        await foreach (var item in events.WatchAsync(watch, end.Token)) yield return item;
    }
}
