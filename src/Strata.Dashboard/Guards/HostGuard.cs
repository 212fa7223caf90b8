using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Strata.Ui.Format;

namespace Strata.Dashboard.Guards;

/// <summary>
/// Answers to loopback names at the port it listens on, and to nothing else: a page of another site whose name was made to point here
/// (DNS rebinding) comes with that name.
/// </summary>
internal sealed class HostGuard(RequestDelegate next, ILogger<HostGuard> log)
{
    public Task InvokeAsync(HttpContext http)
    {
        var host = http.Request.Host;
        if (IsLoopback(host.Host) && (host.Port ?? 80) == http.Connection.LocalPort) return next(http);
        log.HostRefused(Visible.Text(host.Value));
        http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(
            $"This dashboard answers on loopback only. Open http://127.0.0.1:{http.Connection.LocalPort}/ instead.\n", http.RequestAborted);
    }

    private static bool IsLoopback(string name) =>
        name is "127.0.0.1" or "[::1]" || name.Equals("localhost", StringComparison.OrdinalIgnoreCase);
}
