using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Strata.Ui.Http;

namespace Strata.Dashboard.Faults;

/// <summary>Turns what a page could not handle into a page that a person can: what failed, why, what to do next.</summary>
internal sealed class FaultGuard(RequestDelegate next, ILogger<FaultGuard> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The reader has left.
        }
#pragma warning disable CA1031 // The last stop before the reader: everything becomes a page.
        catch (Exception e) when (!http.Response.HasStarted)
#pragma warning restore CA1031
        {
            var missing = (e as NothingHereException)?.Fault;
            var fault = missing ?? FaultText.Of(e);
            if (fault.Unexpected) log.PageFailed(http.Request.Path, e);
            http.Response.Clear();
            http.SetEndpoint(null);
            var result = http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
                ? Results.Problem(fault.Message, statusCode: StatusCodes.Status500InternalServerError)
                : FaultResults.Page(missing is null ? StatusCodes.Status500InternalServerError : StatusCodes.Status404NotFound, fault);
            await result.ExecuteAfreshAsync(http);
        }
    }
}
