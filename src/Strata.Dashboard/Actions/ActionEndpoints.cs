using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Strata.Dashboard.Faults;
using Strata.Dashboard.Guards;
using Strata.Dashboard.Tasks;
using Strata.Images;
using Strata.Oci;
using Strata.Ui.Format;
using Strata.Ui.Http;

namespace Strata.Dashboard.Actions;

/// <summary>What changes something: forms only, each with a token, each answered by a redirect so that a reload does not repeat it.</summary>
internal static class ActionEndpoints
{
    public static void MapActions(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("").AddEndpointFilter<AntiforgeryFilter>();
        forms.MapPost("/pulls", PullAsync);
        forms.MapPost("/tasks/{id}/cancel", Cancel);
        // Another path than the page that asks: a page takes POST as well.
        forms.MapPost("/images/{digest}/removal", RemoveAsync);
        forms.MapPost(ThemeForm.Path, (Delegate)((HttpContext http) => ThemeForm.TakeAsync(http, "/images")));
    }

    private static async Task<IResult> PullAsync(HttpContext http, Pulls pulls)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        // A picker sends repository and tag, the field for a name only the name.
        string? tag = form["tag"];
        var text = $"{form["name"]}".Trim() + (string.IsNullOrWhiteSpace(tag) ? "" : ":" + tag.Trim());
        if (!Reference.TryParse(text, out var name, out var fault))
        {
            return FaultResults.Page(
                StatusCodes.Status400BadRequest,
                new FaultText(fault, "Write it as HOST/REPOSITORY:TAG, for example 127.0.0.1:5000/library/python:3.11.", Unexpected: false));
        }
        return SeeOther($"/tasks#task-{pulls.Start(name).Id}");
    }

    // A task that has ended meanwhile needs no words: the page shows how.
    private static IResult Cancel(string id, TaskBoard board)
    {
        board.Cancel(id);
        return SeeOther("/tasks");
    }

    private static async Task<IResult> RemoveAsync(string digest, HttpContext http, LocalImages images)
    {
        if (!Digest.TryParse(digest, out var id)) return FaultResults.NotFound();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        string? name = form["name"];
        try
        {
            var removed = string.IsNullOrEmpty(name) ? images.Remove(id.ToString(), force: true) : images.Remove(name, force: false);
            return SeeOther(new PageUrl("/images").With("removed", string.IsNullOrEmpty(name) ? id.Short : name).With("freed", $"{removed.FreedBytes}").ToString());
        }
        catch (ImageException e)
        {
            return FaultResults.Page(StatusCodes.Status409Conflict, FaultText.Of(e));
        }
    }

    private static IResult SeeOther(string address) => new SeeOther(address);
}
