using Microsoft.Playwright;

namespace Strata.EndToEnd.Tests;

/// <summary>A container in the browser: run, seen running, its published port opened, its log read, stopped and removed.</summary>
public sealed class ContainerTests(Browser browser) : IClassFixture<Browser>
{
    private const string Welcome = "strata/welcome";

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task The_welcome_page_is_run_opened_and_removed(ColorScheme scheme, int width)
    {
        Surroundings.Require();
        Surroundings.RequireContainers();
        var name = $"page-{scheme}-{width}".ToLowerInvariant();
        await using var visit = await browser.OpenAsync(scheme, width);
        var page = visit.Page;
        await page.GotoAsync("/containers");
        await LookAsync(visit, $"containers-{name}");
        await PullAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Run", Exact = true }).ClickAsync();
        await page.ArriveAsync("/images/.*/run$");
        await LookAsync(visit, $"run-{name}");

        // What is wrong is beside its field, and the rest of the form stays.
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Volumes").FillAsync("/no/such/folder:/data");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("bind source path does not exist");
        await LookAsync(visit, $"refused-{name}");
        await page.GetByLabel("Volumes").FillAsync("");
        await Assertions.Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await page.ArriveAsync("/containers/[0-9a-f]{64}");
        await Assertions.Expect(page.Locator("main .badge").First).ToHaveTextAsync("Running");
        await OpenPortAsync(page);
        await LookAsync(visit, $"container-{name}");

        // The page hears by itself that it has stopped.
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("main .badge").First).ToHaveTextAsync("Running");
        await page.GotoAsync("/containers");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true })).ToBeVisibleAsync();
        await LookAsync(visit, $"list-{name}");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Remove {name}" }).ClickAsync();
        await LookAsync(visit, $"remove-{name}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await page.ArriveAsync(@"/containers\?removed=");
        await Assertions.Expect(page.GetByText($"Removed {name}.")).ToBeVisibleAsync();
        // The browser itself complains of the form that was refused on purpose.
        visit.ShouldBeFaultlessBut("409");
    }

    [Fact]
    public async Task A_log_grows_while_it_is_looked_at()
    {
        Surroundings.Require();
        Surroundings.RequireContainers();
        await using var visit = await browser.OpenAsync(ColorScheme.Light);
        var page = visit.Page;
        await PullAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Run", Exact = true }).ClickAsync();
        await page.GetByLabel("Command").FillAsync("httpd -f -v -p 8080 -h /www");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await page.ArriveAsync("/containers/[0-9a-f]{64}");
        var log = page.Locator("[data-log]");
        await OpenPortAsync(page);
        // The server writes a line for each answer.
        await Assertions.Expect(log).ToContainTextAsync("response:200");
        var first = await log.TextContentAsync();
        await OpenPortAsync(page);
        await Assertions.Expect(log).Not.ToHaveTextAsync(first!);
        await page.GetByRole(AriaRole.Link, new() { Name = "Remove" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await page.ArriveAsync(@"/containers\?removed=");
        visit.ShouldBeFaultless();
    }

    /// <summary>What is published answers a browser, which is another one than the dashboard's page.</summary>
    private static async Task OpenPortAsync(IPage page)
    {
        var address = await page.Locator(".ports a").First.GetAttributeAsync("href");
        var answer = await page.APIRequest.GetAsync(address!);
        answer.Ok.ShouldBeTrue();
        (await answer.TextAsync()).ShouldContain("Strata");
    }

    private static async Task PullAsync(IPage page)
    {
        await page.GotoAsync("/search?q=welcome");
        await page.Locator($".hit:has(input[name='name'][value$='{Welcome}']) button").ClickAsync();
        await page.ArriveAsync("/tasks#task-");
        var row = page.Locator(new Uri(page.Url).Fragment);
        await row.GetByRole(AriaRole.Link, new() { Name = "Open" }).ClickAsync(new() { Timeout = 60_000 });
        await page.ArriveAsync("/images/sha256:.*/overview$");
    }

    private static async Task LookAsync(Visit visit, string where)
    {
        await visit.CheckAccessibilityAsync(where);
        (await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, where);
        if (Surroundings.Pictures is { } folder) await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, where + ".png"), FullPage = true });
    }
}
