using Microsoft.AspNetCore.Http;
using Strata.Ui.Layout;

namespace Strata.Ui.Http;

/// <summary>Takes the form of <see cref="ThemeChoice"/>. The host checks first where it comes from.</summary>
public static class ThemeForm
{
    public const string Path = "/appearance";

    /// <param name="http">The request, which has a form.</param>
    /// <param name="home">Where to go when the form does not say, or says another site.</param>
    public static async Task<IResult> TakeAsync(HttpContext http, string home)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        http.Response.Cookies.Append(Theme.Cookie, Theme.KeyOf(form["theme"]), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            MaxAge = TimeSpan.FromDays(365),
            Path = "/",
        });
        return new SeeOther(LocalPath.Or(form["back"], home));
    }
}
