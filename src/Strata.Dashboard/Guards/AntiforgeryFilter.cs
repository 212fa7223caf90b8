using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Strata.Dashboard.Faults;

namespace Strata.Dashboard.Guards;

/// <summary>Every form that changes something carries a token that only our own pages know.</summary>
internal sealed class AntiforgeryFilter(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (await antiforgery.IsRequestValidAsync(context.HttpContext)) return await next(context);
        return FaultResults.Page(
            StatusCodes.Status400BadRequest,
            new FaultText("The form was not accepted.", "It may come from an earlier run of the dashboard. Go back, reload the page, and try again.", Unexpected: false));
    }
}
