using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Hub.Pages.Addresses;
using Strata.Hub.Pages.Images;
using Strata.Hub.Pages.Pages;
using Strata.Hub.Pages.Parts;
using Strata.Oci;
using Strata.Registry.Server;
using Strata.Ui.Images;

namespace Strata.Hub.Pages.Endpoints;

/// <summary>Everything under <c>/r/</c>: a repository, its images, and the views of an image.</summary>
internal sealed class ImageEndpoints(
    Visitors visitors, VisibleRepositories repositories, ImageFinder finder, InsideReader insides, AttachedDocuments attached, IRegistryContent registry,
    HubScans scans, HubOptions options)
{
    /// <summary>Seconds after which a browser asks again for a page that had to wait.</summary>
    private const string ComeBack = "2";

    public async Task<IResult> GetAsync(HttpContext http)
    {
        if (!PageAddress.TryParse(http.Request.RouteValues["path"] as string, out var address)) return await NoImageAsync(http);
        var site = await Site.OfAsync(http, visitors, options);
        if (await repositories.FindAsync(site.Visitor, address.Repository, http.RequestAborted) is not { } repository) return await NoImageAsync(http);
        if (!address.IsImage) return new RazorComponentResult<RepositoryPage>(new { Site = site, Repository = repository, Query = TagQuery.Of(http.Request.Query), Scans = scans });

        string? platform = http.Request.Query["platform"].ToString() is { Length: > 0 } said ? said : null;
        if (await finder.FindAsync(repository, address, platform, site.Host, http.RequestAborted) is not { } found) return await NoImageAsync(http);
        if (found.Image is null) return new RazorComponentResult<ArtifactPage>(new { Site = site, Found = found });
        var view = address.View;
        if (view.StartsWith("attached/", StringComparison.Ordinal)) return await AttachedAsync(http, found, view["attached/".Length..]);
        if (view is not ("" or "layers" or "packages" or "vulnerabilities" or "documents" or SbomFile.CycloneDx or SbomFile.Spdx)) return await NoImageAsync(http);
        var needsPackages = view is not ("" or "documents");
        var inside = await insides.ReadAsync(found, site.Host, site.Visitor, needsPackages, http.RequestAborted);
        return ViewOf(http, site, found, inside, view);
    }

    private IResult ViewOf(HttpContext http, Site site, FoundImage found, ImageInside inside, string view)
    {
        var selection = LayerSelection.Parse(http.Request.Query[LayerSelection.Key].OfType<string>(), found.Image!.Layers.Count);
        var common = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Site"] = site, ["Found"] = found, ["Inside"] = inside };
        if (view == "documents") return Page<DocumentsPage>(common, ("Selection", selection), ("Attached", attached.Of(found)));
        if (view.Length == 0)
            return Page<OverviewPage>(common, ("Selection", selection), ("Scan", inside.Packages is { } known ? scans.Of(found.Content, known, http.RequestAborted) : null));
        if (view == "layers" && inside.Fault is not null) return Page<LayersPage>(common, ("Selection", selection));
        if (inside.Packages is not { } packages)
        {
            var tab = view is SbomFile.CycloneDx or SbomFile.Spdx ? "documents" : view;
            if (inside.Fault is not null) return Page<UnreadablePage>(common, ("Selection", selection), ("Tab", tab));
            http.Response.Headers["Refresh"] = ComeBack;
            return Page<WaitingPage>(common, ("Selection", selection), ("Tab", tab));
        }
        return view switch
        {
            "packages" => Page<PackagesPage>(common, ("Query", PackageQuery.Of(http.Request.Query, found.Image.Layers.Count))),
            "vulnerabilities" => Page<VulnerabilitiesPage>(
                common, ("Scan", scans.Of(found.Content, packages, http.RequestAborted)), ("Query", FindingQuery.Of(http.Request.Query, found.Image.Layers.Count))),
            // The counts were kept while it was read: an image of that moment has none.
            "layers" => Page<LayersPage>(common, ("Selection", selection)),
            _ => SbomFile.Of(view, found.Image, packages),
        };
    }

    /// <summary>A document that is attached to the image, and no other blob.</summary>
    private async Task<IResult> AttachedAsync(HttpContext http, FoundImage found, string text)
    {
        if (!Digest.TryParse(text, provider: null, out var digest) || attached.Of(found).FirstOrDefault(a => a.Content?.Digest == digest)?.Content is not { } content
            || await registry.OpenBlobAsync(found.Repository.Name, digest, http.RequestAborted) is not { } blob) return await NoImageAsync(http);
        // Always a file to keep, whatever it says that it is: nothing that others made is shown as a page of ours.
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{digest.Hex[..12]}.json\"";
        http.Response.ContentLength = content.Size;
        return Results.Stream(blob, "application/octet-stream");
    }

    private static RazorComponentResult<T> Page<T>(Dictionary<string, object?> common, params ReadOnlySpan<(string Name, object? Value)> more)
        where T : IComponent
    {
        foreach (var (name, value) in more) common[name] = value;
        return new RazorComponentResult<T>(common);
    }

    private static Task<IResult> NoImageAsync(HttpContext http) => Answer.NothingHereAsync(http, "There is no such image here.");
}
