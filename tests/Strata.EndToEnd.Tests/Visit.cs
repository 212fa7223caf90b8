using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Strata.EndToEnd.Tests;

/// <summary>A page, and everything about it that must not happen: console errors, policy violations, requests elsewhere, accessibility faults.</summary>
public sealed class Visit : IAsyncDisposable
{
    // Reports reach the console too, but not for each kind; the event has them all.
    private const string WatchPolicy =
        "document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample));";

    private readonly IBrowserContext _context;
    private readonly List<string> _faults = [];
    private long _bytes;

    private Visit(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>What was seen so far that must not be.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Bytes that came over the network since the last call.</summary>
    public long TakeBytes() => Interlocked.Exchange(ref _bytes, 0);

    public static async Task<Visit> StartAsync(IBrowserContext context)
    {
        await context.AddInitScriptAsync(WatchPolicy);
        var page = await context.NewPageAsync();
        var visit = new Visit(context, page);
        page.Console += (_, message) => visit.Note(message.Type is "error" or "warning", $"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => visit.Note(true, $"script error: {error}");
        page.Request += (_, request) => visit.Note(!IsOurs(request.Url), $"request elsewhere: {request.Url}");
        var network = await context.NewCDPSessionAsync(page);
        await network.SendAsync("Network.enable");
        network.Event("Network.loadingFinished").OnEvent += (_, message) =>
        {
            if (message is { } finished) Interlocked.Add(ref visit._bytes, (long)finished.GetProperty("encodedDataLength").GetDouble());
        };
        return visit;
    }

    /// <summary>Runs the accessibility rules on what is shown now.</summary>
    public async Task CheckAccessibilityAsync(string where)
    {
        var result = await Page.RunAxe();
        foreach (var violation in result.Violations)
        {
            var nodes = string.Join(" | ", violation.Nodes.Take(3).Select(n => n.Html));
            Note(true, $"axe {violation.Id} ({violation.Impact}) on {where}: {nodes}");
        }
    }

    public void ShouldBeFaultless()
    {
        lock (_faults) _faults.ShouldBeEmpty();
    }

    /// <summary>The same, where the test itself has asked for a page that the browser complains of.</summary>
    public void ShouldBeFaultlessBut(string expected)
    {
        lock (_faults) _faults.Where(f => !f.Contains(expected, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Note(bool bad, string what)
    {
        if (!bad) return;
        lock (_faults) _faults.Add(what);
    }

    private static bool IsOurs(string url) => url.StartsWith(Surroundings.Dashboard + "/", StringComparison.Ordinal)
        || url.StartsWith(Surroundings.Hub + "/", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal);
}
