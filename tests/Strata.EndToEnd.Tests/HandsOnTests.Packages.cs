using Microsoft.Playwright;

namespace Strata.EndToEnd.Tests;

public sealed partial class HandsOnTests
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Packages_are_narrowed_by_text_type_layer_and_licence_with_the_keyboard_alone(ColorScheme scheme, int width)
    {
        Surroundings.Require();
        await using var visit = await browser.OpenAsync(scheme, width);
        var page = visit.Page;
        await page.GotoAsync("/");
        await SearchAsync(page);
        await PullAsync(visit);
        await page.GotoAsync(page.Url.Replace("/overview", "/packages", StringComparison.Ordinal));
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0);

        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Filter packages" }).FocusAsync();
        await page.Keyboard.TypeAsync("bash");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync(@"/packages\?q=bash");
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "packages" })).ToContainTextAsync(" of ");

        // What the address says is what is shown: the same page again from its link.
        await page.Locator("nav[aria-label='Type'] a", new() { HasText = "deb" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync(@"/packages\?q=bash&type=deb$");
        var rows = await page.Locator("tbody tr").CountAsync();
        await page.ReloadAsync();
        (await page.Locator("tbody tr").CountAsync()).ShouldBe(rows);
        await Assertions.Expect(page.Locator("nav[aria-label='Type'] a[aria-current]")).ToContainTextAsync("deb");
        await Assertions.Expect(page.Locator("tbody th").First).ToHaveTextAsync("bash");
        // The rules take long for a page of many rows; these few are built alike.
        await page.Locator("details.filter > summary").ClickAsync();
        await visit.CheckAccessibilityAsync($"choosing layers at {width} px");
        await page.Keyboard.PressAsync("Escape");

        await page.GetByRole(AriaRole.Link, new() { Name = "Show all" }).ClickAsync();
        await page.ArriveAsync("/packages$");
        await page.Locator("details.filter > summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Layer 0" }).CheckAsync();
        await page.Locator("details.filter .pop button").PressAsync("Enter");
        await page.ArriveAsync(@"/packages\?.*layers=0");
        var license = page.GetByRole(AriaRole.Combobox, new() { Name = "Licence" });
        await license.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter", Exact = true }).ClickAsync();
        await page.ArriveAsync(@"/packages\?.*license=");
        (await page.Locator("tbody tr").CountAsync()).ShouldBeGreaterThan(0);
        await visit.CheckAccessibilityAsync($"filtered packages at {width} px");
        visit.ShouldBeFaultless();
    }
}
