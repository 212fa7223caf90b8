using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>The list of repositories, which the spec reserves and clients use.</summary>
public sealed class CatalogTests(Registry registry)
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50)]
    public async Task The_links_lead_through_all_repositories_in_order(int n)
    {
        var root = registry.Fresh().Name;
        string[] names = [root + "-a", root + "-a/b", root + "-b", root + "/a"];
        foreach (var name in names) await registry.Named(name).PushImageAsync("v1");
        // What other tests push comes between; only the last before ours is known, and that ours are in order.
        var pages = await Pages.FollowAsync(registry, $"/v2/_catalog?n={n}&last={Uri.EscapeDataString(root)}");
        foreach (var page in pages) Pages.Strings(page, "repositories").Length.ShouldBeLessThanOrEqualTo(n);
        var all = pages.SelectMany(p => Pages.Strings(p, "repositories")).ToArray();
        all.ShouldBe(all.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        all.Where(r => r.StartsWith(root, StringComparison.Ordinal)).ShouldBe(names);
    }

    [Fact]
    public async Task A_page_of_no_number_is_refused() =>
        await registry.SendAsync("GET", "/v2/_catalog?n=many").ShouldBeAsync(HttpStatusCode.BadRequest, "PAGINATION_NUMBER_INVALID", "UNSUPPORTED");
}
