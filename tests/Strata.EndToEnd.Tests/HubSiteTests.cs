using Microsoft.Playwright;

namespace Strata.EndToEnd.Tests;

/// <summary>A walk through the hub's website, with what a browser and the accessibility rules say of each page.</summary>
public sealed class HubSiteTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string[] Tabs = ["Layers", "Packages", "Vulnerabilities", "Documents"];

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task An_image_is_searched_and_looked_into(ColorScheme scheme, int width)
    {
        Surroundings.Require();
        await using var visit = await browser.OpenAsync(scheme, width);
        var page = visit.Page;
        await page.GotoAsync(Surroundings.Hub + "/");
        await LookAsync(visit, "start", width);
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync(Surroundings.Image);
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync(@"/\?q=");
        await LookAsync(visit, "search", width);
        await page.Locator($".hit h2 a[href$='/{Surroundings.Image}']").ClickAsync();
        await page.ArriveAsync("/r/");
        await LookAsync(visit, "repository", width);
        await page.Locator("tbody th a").First.ClickAsync();
        await page.ArriveAsync("/r/.*:");
        await LookAsync(visit, "overview", width);
        foreach (var tab in Tabs)
        {
            await page.Locator("nav[aria-label='Image'] a", new() { HasText = tab }).ClickAsync();
            // A large image takes a while the first time; its page comes back by itself.
            await Assertions.Expect(page.Locator("main .waiting")).ToHaveCountAsync(0, new() { Timeout = 120_000 });
            if (tab == "Packages")
            {
                // The rules take long for a page of many rows; these few are built alike.
                await page.GetByRole(AriaRole.Searchbox, new() { Name = "Filter packages" }).FillAsync("lib");
                await page.Keyboard.PressAsync("Enter");
                await page.ArriveAsync(@"/packages\?q=lib");
            }
            await LookAsync(visit, tab, width);
        }
        await page.GotoAsync(Surroundings.Hub + "/r/nobody/none", new PageGotoOptions());
        await visit.CheckAccessibilityAsync("not found");
        visit.ShouldBeFaultlessBut("404");
    }

    [Fact]
    public async Task All_of_it_works_without_scripts()
    {
        Surroundings.Require();
        await using var visit = await browser.OpenAsync(ColorScheme.Light, scripts: false);
        var page = visit.Page;
        await page.GotoAsync(Surroundings.Hub + "/?q=" + Uri.EscapeDataString(Surroundings.Image));
        await page.Locator($".hit h2 a[href$='/{Surroundings.Image}']").ClickAsync();
        await page.Locator("tbody th a").First.ClickAsync();
        await page.Locator("nav[aria-label='Image'] a", new() { HasText = "Packages" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox, new() { Name = "Filter packages" })).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        page.Url.ShouldEndWith("/packages");
    }

    private static async Task LookAsync(Visit visit, string where, int width)
    {
        await visit.CheckAccessibilityAsync($"{where} of the hub at {width} px");
        (await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, where);
        if (Surroundings.Pictures is { } folder)
            await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"hub-{where}-{width}-{await visit.Page.EvaluateAsync<string>("matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'")}.png") });
    }
}
