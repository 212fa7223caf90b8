using Microsoft.Playwright;

namespace Strata.EndToEnd.Tests;

/// <summary>The hands-on of the guide as a newcomer does it: search, pull, watch, look inside.</summary>
public sealed partial class HandsOnTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string[] Tabs = ["overview", "layers", "packages", "vulnerabilities"];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Search_pull_and_look_inside(ColorScheme scheme)
    {
        Surroundings.Require();
        await using var visit = await browser.OpenAsync(scheme);
        var page = visit.Page;

        await page.GotoAsync("/");
        await visit.CheckAccessibilityAsync("images");
        await SearchAsync(page);
        await visit.CheckAccessibilityAsync("search");
        await PullAsync(visit);
        await LookInsideAsync(visit, scheme);
        await SelectALayerAsync(page);
        await visit.CheckAccessibilityAsync("packages of a layer");

        visit.ShouldBeFaultless();
    }

    [Fact]
    public async Task Each_page_is_light_and_fits_a_narrow_screen()
    {
        Surroundings.Require();
        await using var visit = await browser.OpenAsync(ColorScheme.Light, width: 360, height: 740);
        var page = visit.Page;
        await page.GotoAsync("/images", new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        visit.TakeBytes().ShouldBeLessThan(100 * 1024);
        foreach (var path in new[] { "/images", "/search?q=" + Uri.EscapeDataString(Surroundings.Image), "/tasks" })
        {
            await page.GotoAsync(path);
            await visit.CheckAccessibilityAsync(path + " at 360 px");
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, path);
        }
        visit.ShouldBeFaultless();
    }

    [Fact]
    public async Task The_slash_key_goes_to_the_search_field()
    {
        Surroundings.Require();
        await using var visit = await browser.OpenAsync(ColorScheme.Light);
        await visit.Page.GotoAsync("/images");
        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Keyboard.TypeAsync(Surroundings.Image);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.ArriveAsync(@"/search\?q=");
        visit.ShouldBeFaultless();
    }

    private static async Task SearchAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search images to pull" }).FillAsync(Surroundings.Image);
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync(@"/search\?q=");
        (await Hit(page).CountAsync()).ShouldBe(1, $"one result whose name ends with {Surroundings.Image}");
    }

    private static async Task PullAsync(Visit visit)
    {
        var page = visit.Page;
        await Hit(page).Locator("button").ClickAsync();
        await page.ArriveAsync("/tasks#task-");
        await visit.CheckAccessibilityAsync("tasks");
        var row = page.Locator(new Uri(page.Url).Fragment);
        // The page itself shows the end of it, without a reload.
        await Assertions.Expect(row.Locator(".badge")).ToHaveTextAsync("Done", new() { Timeout = 300_000 });
        await visit.CheckAccessibilityAsync("tasks, done");
        await row.GetByRole(AriaRole.Link, new() { Name = "Open" }).ClickAsync();
        await page.ArriveAsync("/images/sha256:.*/overview$");
    }

    private static async Task LookInsideAsync(Visit visit, ColorScheme scheme)
    {
        var page = visit.Page;
        foreach (var tab in Tabs)
        {
            await page.Locator($"nav[aria-label='Image'] a[href$='/{tab}']").ClickAsync();
            await page.ArriveAsync($"/{tab}$");
            await visit.CheckAccessibilityAsync(tab);
            if (tab == "layers" && scheme == ColorScheme.Light && Surroundings.Screenshot is { } path)
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = path });
        }
    }

    private static async Task SelectALayerAsync(IPage page)
    {
        await page.Locator("nav[aria-label='Image'] a[href$='/layers']").ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Layer 0", Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show packages" }).ClickAsync();
        await page.ArriveAsync(@"/packages\?layers=0$");
        await Assertions.Expect(page.Locator("details.filter > summary")).ToHaveTextAsync("1 layer");
    }

    // The result whose repository is, or ends with, the word that was searched for.
    private static ILocator Hit(IPage page) => page.Locator($".hit:has(input[name='name'][value$='/{Surroundings.Image}'])");
}
