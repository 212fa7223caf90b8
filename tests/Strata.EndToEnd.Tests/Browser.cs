using Microsoft.Playwright;

namespace Strata.EndToEnd.Tests;

/// <summary>Debian's Chromium, one for all tests; started by the first that needs it.</summary>
public sealed class Browser : IAsyncDisposable
{
    public const string Executable = "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A page of its own profile, with its watcher in place.</summary>
    public async Task<Visit> OpenAsync(ColorScheme scheme, int width = 1280, int height = 800, bool scripts = true)
    {
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Surroundings.Dashboard,
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
            ViewportSize = new ViewportSize { Width = width, Height = height },
        });
        return await Visit.StartAsync(context);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
