using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Strata.Build;
using Strata.Containers;
using Strata.Content;
using Strata.Dashboard.Actions;
using Strata.Dashboard.Contents;
using Strata.Dashboard.Events;
using Strata.Dashboard.Running;
using Strata.Dashboard.Samples;
using Strata.Dashboard.Search;
using Strata.Dashboard.Tasks;
using Strata.Images;
using Strata.Packages;
using Strata.Packages.Facts;
using Strata.Registry.Client;
using Strata.Ui.Assets;
using Strata.Vulnerabilities.Matching;

namespace Strata.Dashboard;

public static class DashboardServices
{
    /// <summary>
    /// Adds the dashboard over the store at <see cref="DashboardOptions.Root"/>. A <see cref="RegistryClientOptions"/> or a
    /// <see cref="TimeProvider"/> that the host has registered before is used; <see cref="TaskBoard"/> is there for the host's own tasks.
    /// </summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services, DashboardOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new RegistryClientOptions());
        services.TryAddSingleton(_ => ContentStore.Open(options.Root));
        services.TryAddSingleton(sp => new RegistryClient(sp.GetRequiredService<RegistryClientOptions>()));
        services.TryAddSingleton(new CatalogStore(Path.Combine(options.Root, "facts", "packages")));
        services.TryAddSingleton(sp => new LocalImages(
            sp.GetRequiredService<ContentStore>(),
            sp.GetRequiredService<RegistryClient>(),
            [new PackageObserver(sp.GetRequiredService<CatalogStore>())],
            sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new BuildHistory(options.Root));
        services.AddSingleton<Scanner>();
        services.AddSingleton<TaskBoard>();
        services.AddSingleton<ContentReadings>();
        services.AddSingleton<ImageContents>();
        services.AddSingleton<AttachmentLists>();
        services.AddSingleton<BaseAdvices>();
        services.AddSingleton<TagLists>();
        services.AddSingleton<Pulls>();
        services.TryAddSingleton(sp => new LocalContainers(sp.GetRequiredService<ContentStore>(), ContainersOf(options, sp), sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ContainerRuns>();
        services.AddSingleton<ContainerWork>();
        services.AddSingleton<ContainerLogs>();
        services.AddSingleton<LiveEvents>();
        if (options.SamplesFor is not null) services.AddHostedService<SamplePublishing>();
        services.AddSingleton(new UiAssets(typeof(DashboardServices).Assembly));
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddResponseCompression();
        services.AddAntiforgery(antiforgery =>
        {
            // Cookies know no port: the hub on the same host must not share ours.
            antiforgery.Cookie.Name = "strata-dashboard-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        // The keys guard forms only, and a form does not outlive the process; nothing secret is written to disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        return services;
    }

    private static ContainersOptions ContainersOf(DashboardOptions options, IServiceProvider services) => new()
    {
        ExitCommand = options.Program is { } program ? ContainersOptions.ExitCommandOf(program, options.Root) : [],
        Warn = text => services.GetRequiredService<ILogger<LocalContainers>>().ContainerDiffers(text),
    };
}
