using Microsoft.AspNetCore.Http;

namespace Strata.Ui.Http;

/// <summary>
/// Refuses what another site asks for: anything but plain reading of pages must come from a page of ours. Browsers say where a request comes
/// from in Sec-Fetch-Site, older ones in Origin. (With the referrer policy "no-referrer" a form's Origin is "null" even from our own page,
/// so Sec-Fetch-Site, where it is sent, decides.) A program that sends neither is no browser; the antiforgery token still stands in its way.
/// </summary>
public sealed class OriginGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if ((reads && !http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)) || IsOurs(http.Request)) return next(http);
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync("This comes from another site, so it is refused. Use our own pages.\n", http.RequestAborted);
    }

    /// <summary>False for what a page of another site asks for.</summary>
    public static bool IsOurs(HttpRequest request)
    {
        string? site = request.Headers["Sec-Fetch-Site"];
        if (!string.IsNullOrEmpty(site)) return site is "same-origin" or "none";
        string? origin = request.Headers.Origin;
        return string.IsNullOrEmpty(origin) || string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }
}
