using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Strata.Ui.Assets;

public static class UiAssetEndpoints
{
    /// <summary>Serves <see cref="UiAssets"/> (a singleton of the host) at <c>/assets/VERSION/NAME</c>.</summary>
    public static IEndpointConventionBuilder MapUiAssets(this IEndpointRouteBuilder routes) => routes.MapGet("/assets/{version}/{name}", Get);

    private static IResult Get(string version, string name, HttpContext http, UiAssets assets)
    {
        if (assets.Find(name) is not { } asset) return Results.NotFound();
        // A page of an older version gets what there is now, but must not keep it under the old name.
        http.Response.Headers.CacheControl = version == assets.Version ? "public, max-age=31536000, immutable" : "no-store";
        return Results.Bytes(asset.Content, asset.ContentType);
    }
}
