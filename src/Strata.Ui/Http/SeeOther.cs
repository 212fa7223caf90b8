using Microsoft.AspNetCore.Http;

namespace Strata.Ui.Http;

/// <summary>303: the form is done, look there. RFC 9110, 15.4.4.</summary>
public sealed class SeeOther(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}
