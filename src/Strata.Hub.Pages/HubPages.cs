using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Strata.Hub.Pages.Endpoints;
using Strata.Hub.Pages.Forms;
using Strata.Hub.Pages.Images;
using Strata.Hub.Pages.Pages;
using Strata.Ui.Assets;
using Strata.Ui.Http;

namespace Strata.Hub.Pages;

/// <summary>The hub's website.</summary>
public static class HubPages
{
    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Adds the website of the hub that <see cref="HubExtensions.AddHub"/> has added.</summary>
    public static IServiceCollection AddHubPages(this IServiceCollection services)
    {
        services.AddSingleton<ImageFinder>();
        services.AddSingleton<InsideReader>();
        services.AddSingleton<AttachedDocuments>();
        services.AddSingleton<ImageEndpoints>();
        services.AddSingleton(new UiAssets());
        services.AddRazorComponents();
        services.AddResponseCompression();
        services.AddAntiforgery(antiforgery =>
        {
            // Cookies know no port: the dashboard on the same host must not share ours.
            antiforgery.Cookie.Name = "strata-hub-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SecurePolicy = Microsoft.AspNetCore.Http.CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        // The keys guard forms only, and a form does not outlive the process; nothing secret is written to disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        return services;
    }

    /// <summary>Puts the policy, compression and the guard before pages, and before nothing else: what the registry sends is as it is stored.</summary>
    public static void UseHubPages(this IApplicationBuilder app) => app.UseWhen(
        context => context.GetEndpoint()?.Metadata.GetMetadata<PageMark>() is not null,
        pages =>
        {
            pages.UseMiddleware<SecurityHeaders>();
            pages.UseResponseCompression();
            pages.UseMiddleware<PageGuard>();
        });

    /// <summary>Maps the pages, their forms and their assets.</summary>
    public static void MapHubPages(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup("").WithMetadata(new PageMark());
        pages.MapMethods("/", Reads, CatalogueEndpoints.HomeAsync);
        pages.MapMethods("/r/{**path}", Reads, (Delegate)endpoints.ServiceProvider.GetRequiredService<ImageEndpoints>().GetAsync);
        pages.MapMethods(Addresses.Site.SignInAddress, Reads, SignInForm.ShowAsync);
        pages.MapUiAssets();
        pages.MapFallback((Delegate)((HttpContext http) => Answer.NothingHereAsync(http, "There is no such page.")));
        var forms = pages.MapGroup("").AddEndpointFilter<FormFilter>();
        forms.MapPost(Addresses.Site.SignInAddress, SignInForm.TakeAsync);
        forms.MapPost(SignInForm.SignOutAddress, SignInForm.SignOut);
        forms.MapPost(ThemeForm.Path, (Delegate)((HttpContext http) => ThemeForm.TakeAsync(http, "/")));
    }
}
