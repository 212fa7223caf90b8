using Microsoft.AspNetCore.Http;
using Strata.Oci;
using Strata.Ui.Http;

namespace Strata.Hub.Pages.Addresses;

/// <summary>What every page needs: who looks, under which name the hub is reached, and where the page is.</summary>
/// <param name="Visitor">Who looks.</param>
/// <param name="HasAccounts">False where all may see all.</param>
/// <param name="Host">Host and port, as clients name the registry.</param>
/// <param name="Here">The page's own address, for going back to it; the start for what is no page to come back to.</param>
/// <param name="Theme">How it looks; see <see cref="Ui.Layout.Theme"/>.</param>
public sealed record Site(Visitor Visitor, bool HasAccounts, string Host, string Here, string Theme)
{
    public static async ValueTask<Site> OfAsync(HttpContext http, Visitors visitors, HubOptions options) => new(
        await visitors.OfAsync(http),
        visitors.HasAccounts,
        HostOf(http, options),
        HttpMethods.IsPost(http.Request.Method) || http.Request.Path == SignInAddress ? "/" : LocalPath.Or(http.Request.Path + http.Request.QueryString, "/"),
        Ui.Layout.Theme.KeyOf(http.Request.Cookies[Ui.Layout.Theme.Cookie]));

    public const string SignInAddress = "/login";

    public string SignInHref => Here == "/" ? SignInAddress : $"{SignInAddress}?back={Uri.EscapeDataString(Here)}";

    private static string HostOf(HttpContext http, HubOptions options)
    {
        var said = options.Auth.PublicUrl?.Authority ?? http.Request.Host.Value ?? "";
        return ReferenceGrammar.IsRegistry(said) ? said : $"localhost:{http.Connection.LocalPort}";
    }
}
