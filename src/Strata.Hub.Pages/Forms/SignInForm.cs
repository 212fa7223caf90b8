using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Hub.Pages.Addresses;
using Strata.Hub.Pages.Pages;
using Strata.Ui.Http;

namespace Strata.Hub.Pages.Forms;

/// <summary>Signing in and out.</summary>
internal static class SignInForm
{
    public const string SignOutAddress = "/logout";

    public static async Task<IResult> ShowAsync(HttpContext http, Visitors visitors, HubOptions options)
    {
        var site = await Site.OfAsync(http, visitors, options);
        return visitors.HasAccounts ? Page(site, http.Request.Query["back"], fault: null, status: StatusCodes.Status200OK)
            : await Answer.FaultAsync(http, StatusCodes.Status404NotFound, "This hub has no accounts.", "Whoever reaches it sees all of it.");
    }

    public static async Task<IResult> TakeAsync(HttpContext http, Visitors visitors, HubOptions options)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var wait = await visitors.SignInAsync(http, $"{form["user"]}".Trim(), $"{form["password"]}");
        if (wait == TimeSpan.Zero) return new SeeOther(LocalPath.Or(form["back"], "/"));
        var site = await Site.OfAsync(http, visitors, options);
        return wait is { } left
            ? Page(site, form["back"], $"Too many wrong passwords. Try again in {(int)Math.Ceiling(left.TotalSeconds)} s.", StatusCodes.Status429TooManyRequests)
            : Page(site, form["back"], "The name or the password is wrong.", StatusCodes.Status401Unauthorized);
    }

    public static IResult SignOut(HttpContext http, Visitors visitors)
    {
        visitors.SignOut(http);
        return new SeeOther("/");
    }

    private static RazorComponentResult<SignInPage> Page(Site site, string? back, string? fault, int status) =>
        new(new { Site = site, Back = LocalPath.Or(back, "/"), Fault = fault }) { StatusCode = status };
}
