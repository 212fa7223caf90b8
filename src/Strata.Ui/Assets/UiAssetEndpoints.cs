using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Strata.Ui.Assets;

public static class UiAssetEndpoints
{
    /// <summary>Serves <see cref="UiAssets"/> (a singleton of the host) at <c>/assets/NAME</c>.</summary>
    public static IEndpointConventionBuilder MapUiAssets(this IEndpointRouteBuilder routes) => routes.MapGet("/assets/{name}", Get);

    private static IResult Get(string name, HttpContext http, UiAssets assets)
    {
        if (assets.Find(name) is not { } asset) return Results.NotFound();
        // The address carries the hash, so it may be kept for ever; without it, ask again each time.
        http.Response.Headers.CacheControl = http.Request.Query["v"] == asset.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(asset.Content, asset.ContentType, entityTag: new($"\"{asset.Hash}\""));
    }
}
