using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Strata.Dashboard.Actions;
using Strata.Dashboard.Events;
using Strata.Dashboard.Faults;
using Strata.Dashboard.Guards;
using Strata.Dashboard.Pages;
using Strata.Dashboard.Tasks;
using Strata.Ui.Assets;
using Strata.Ui.Http;

namespace Strata.Dashboard;

public static class DashboardPipeline
{
    /// <summary>Puts the guards in front, then the pages, the actions, the tasks' addresses, the assets and <c>/healthz</c>.</summary>
    public static WebApplication MapDashboard(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<HostGuard>();
        app.UseMiddleware<OriginGuard>();
        app.UseResponseCompression();
        app.UseMiddleware<FaultGuard>();
        app.UseAntiforgery();

        app.MapRazorComponents<DashboardApp>();
        app.MapActions();
        app.MapSboms();
        app.MapTasks();
        app.MapContainers();
        app.MapEvents();
        app.MapUiAssets();
        app.MapGet("/", () => Results.Redirect("/images"));
        app.MapGet("/healthz", () => Results.Text("ok\n"));
        app.MapFallback(FaultResults.NotFound);
        return app;
    }
}
