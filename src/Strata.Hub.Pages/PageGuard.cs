using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Strata.Hub.Pages.Pages;
using Strata.Ui.Http;
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
            var what = e is AdvisoryDatabaseException ? "The hub's vulnerability data cannot be read." : "The hub failed to make this page.";
            var page = await Answer.FaultAsync(http, StatusCodes.Status500InternalServerError, what, "Its log says why; tell whoever runs it.");
            await page.ExecuteAfreshAsync(http);
        }
    }
}
