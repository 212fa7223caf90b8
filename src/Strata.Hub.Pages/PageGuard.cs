using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strata.Hub.Pages.Pages;
using Strata.Vulnerabilities.Advisories;

namespace Strata.Hub.Pages;

/// <summary>Turns what a page could not handle into a page that a person can, and a line of the log.</summary>
internal sealed class PageGuard(RequestDelegate next, ILogger<PageGuard> log)
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
            log.PageFailed(http.Request.Path, e);
            http.Response.Clear();
            await SayAsync(http, e is AdvisoryDatabaseException ? "The hub's vulnerability data cannot be read." : "The hub failed to make this page.");
        }
    }

    // The services of the request have begun one page already; a second needs its own.
    private static async Task SayAsync(HttpContext http, string message)
    {
        var former = http.RequestServices;
        await using var scope = former.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            var page = await Answer.FaultAsync(http, StatusCodes.Status500InternalServerError, message, "Its log says why; tell whoever runs it.");
            await page.ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = former;
        }
    }
}
