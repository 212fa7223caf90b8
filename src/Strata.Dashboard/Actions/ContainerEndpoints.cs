using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Strata.Containers;
using Strata.Dashboard.Contents;
using Strata.Dashboard.Faults;
using Strata.Dashboard.Guards;
using Strata.Dashboard.Pages;
using Strata.Dashboard.Running;
using Strata.Images;
using Strata.Oci;
using Strata.Ui.Format;
using Strata.Ui.Http;

namespace Strata.Dashboard.Actions;

/// <summary>What makes and changes containers: forms only, as all that changes something.</summary>
internal static class ContainerEndpoints
{
    public static void MapContainers(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("").AddEndpointFilter<AntiforgeryFilter>();
        forms.MapPost("/images/{digest}/containers", RunAsync);
        forms.MapPost("/containers/{id}/start", (string id, HttpContext http, LocalContainers containers) =>
            ChangeAsync(id, http, containers, async record =>
            {
                await containers.StartAsync(record.Id, http.RequestAborted);
                return null;
            }));
        forms.MapPost("/containers/{id}/stop", (string id, HttpContext http, LocalContainers containers, ContainerWork work) =>
            ChangeAsync(id, http, containers, record => work.StopAsync(record, http.RequestAborted)));
        forms.MapPost("/containers/{id}/restart", (string id, HttpContext http, LocalContainers containers, ContainerWork work) =>
            ChangeAsync(id, http, containers, record => work.RestartAsync(record, http.RequestAborted)));
        forms.MapPost("/containers/{id}/removal", RemoveAsync);
    }

    private static async Task<IResult> RunAsync(string digest, HttpContext http, ImageContents images, ContainerRuns runs)
    {
        if (!Digest.TryParse(digest, out var id)) return FaultResults.NotFound();
        var form = RunForm.Read(await http.Request.ReadFormAsync(http.RequestAborted));
        var faults = new List<RunFault>();
        try
        {
            if (await runs.RunAsync(images.Find(id), form, faults, http.RequestAborted) is { } started) return new SeeOther($"/containers/{started.Id}");
        }
        catch (ImageException e)
        {
            return FaultResults.Page(StatusCodes.Status404NotFound, FaultText.Of(e));
        }
        return new RazorComponentResult<RunRefusedPage>(new { Digest = digest, Form = form, Faults = faults }) { StatusCode = StatusCodes.Status409Conflict };
    }

    private static async Task<IResult> ChangeAsync(string id, HttpContext http, LocalContainers containers, Func<ContainerRecord, Task<FaultText?>> change)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        try
        {
            var record = await containers.FindAsync(id, http.RequestAborted);
            if (await change(record) is { } fault) return FaultResults.Page(StatusCodes.Status409Conflict, fault);
            return new SeeOther($"{form["back"]}" == "/containers" ? "/containers" : $"/containers/{record.Id}");
        }
        catch (ContainerException e)
        {
            return Refused(e);
        }
    }

    private static async Task<IResult> RemoveAsync(string id, HttpContext http, LocalContainers containers)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        try
        {
            var removed = await containers.RemoveAsync(id, force: true, withVolumes: form["volumes"] == "yes", http.RequestAborted);
            return new SeeOther(new PageUrl("/containers").With("removed", removed.Name).ToString());
        }
        catch (ContainerException e)
        {
            return Refused(e);
        }
    }

    private static IResult Refused(ContainerException e) =>
        FaultResults.Page(e.Fault == ContainerFault.NoSuchContainer ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict, FaultText.Of(e));
}
