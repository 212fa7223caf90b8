using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Hub.Pages.Addresses;
using Strata.Hub.Pages.Pages;
using Strata.Ui.Parts;

namespace Strata.Hub.Pages.Endpoints;

/// <summary>The start: the catalogue, or what a search finds in it.</summary>
internal static class CatalogueEndpoints
{
    private const int LongestText = 200;

    public static async Task<IResult> HomeAsync(HttpContext http, Visitors visitors, VisibleRepositories repositories, HubOptions options)
    {
        var site = await Site.OfAsync(http, visitors, options);
        var query = http.Request.Query;
        var text = query["q"].ToString().Trim();
        if (text.Length > LongestText) text = text[..LongestText];
        var official = query["official"] == "1";
        var number = Math.Max(1, PageNumber.Of(query) ?? 1);
        var found = await repositories.SearchAsync(site.Visitor, text, official ? true : null, number, HomePage.PageSize, http.RequestAborted);
        return new RazorComponentResult<HomePage>(new { Site = site, Text = text, OnlyOfficial = official, Found = found, Number = number });
    }
}
