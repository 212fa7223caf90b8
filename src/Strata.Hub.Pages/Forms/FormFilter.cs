using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Strata.Hub.Pages.Pages;
using Strata.Ui.Http;

namespace Strata.Hub.Pages.Forms;

/// <summary>Lets forms of our own pages through, and no others: small, from this site, with a token that only a page of ours has.</summary>
internal sealed class FormFilter(IAntiforgery antiforgery) : IEndpointFilter
{
    private const int MostBytes = 64 * 1024;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        // A registry takes bodies of any size; a form has no reason to be large.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBytes;
        if (!OriginGuard.IsOurs(http.Request))
            return Results.Text("This comes from another site, so it is refused. Use our own pages.\n", statusCode: StatusCodes.Status403Forbidden);
        if (http.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(http)) return await next(context);
        return await Answer.FaultAsync(http, StatusCodes.Status400BadRequest, "The form was not accepted.", "It may come from before the hub was last started. Go back, reload the page, and try again.");
    }
}
