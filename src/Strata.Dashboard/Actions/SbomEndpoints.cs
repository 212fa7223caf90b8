using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Strata.Dashboard.Contents;
using Strata.Dashboard.Faults;
using Strata.Images;
using Strata.Oci;
using Strata.Ui.Http;
using Strata.Ui.Images;

namespace Strata.Dashboard.Actions;

/// <summary>Bills of materials as files to keep.</summary>
internal static class SbomEndpoints
{
    public static void MapSboms(this IEndpointRouteBuilder routes)
    {
        foreach (var file in (string[])[SbomFile.CycloneDx, SbomFile.Spdx])
            routes.MapGet("/images/{digest}/" + file, (string digest, HttpContext http, ImageContents contents) => GetAsync(digest, file, http, contents));
    }

    private static async Task<IResult> GetAsync(string digest, string file, HttpContext http, ImageContents contents)
    {
        if (!Digest.TryParse(digest, out var id)) return FaultResults.NotFound();
        try
        {
            var image = contents.Find(id);
            // Where the layers are still being read, the packages' page says how far that is.
            return await contents.PackagesAsync(image, http.RequestAborted) is { } packages ? SbomFile.Of(file, image, packages) : new SeeOther($"/images/{id}/packages");
        }
        catch (ImageException e)
        {
            return FaultResults.Page(StatusCodes.Status404NotFound, FaultText.Of(e));
        }
    }
}
