using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Dashboard.Pages;

namespace Strata.Dashboard.Faults;

internal static class FaultResults
{
    /// <summary>A whole page that says what went wrong.</summary>
    public static IResult Page(int status, FaultText fault) =>
        new RazorComponentResult<FaultPage>(new { Status = status, Fault = fault }) { StatusCode = status };

    public static IResult NotFound() =>
        Page(StatusCodes.Status404NotFound, new FaultText("There is no such page.", "Use the navigation, or search.", Unexpected: false));
}
