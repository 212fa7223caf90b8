using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Strata.Hub.Pages.Addresses;

namespace Strata.Hub.Pages.Pages;

/// <summary>Pages that say that something is not as it should be.</summary>
internal static class Answer
{
    /// <summary>The same words for what does not exist and for what the visitor may not see.</summary>
    public static Task<IResult> NothingHereAsync(HttpContext http, string what) => FaultAsync(
        http, StatusCodes.Status404NotFound, what, "Check how it is written, or search. What is private shows only to those who may pull it.");

    public static async Task<IResult> FaultAsync(HttpContext http, int status, string message, string advice)
    {
        var services = http.RequestServices;
        var site = await Site.OfAsync(http, services.GetRequiredService<Visitors>(), services.GetRequiredService<HubOptions>());
        return new RazorComponentResult<FaultPage>(new { Site = site, Status = status, Message = message, Advice = advice }) { StatusCode = status };
    }
}
