using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Strata.EndToEnd.Tests;

internal static class Arrival
{
    private const string Loaded =
        "() => new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', () => done(), { once: true }))";

    /// <summary>Waits for a page whose address fits, with all that is on it.</summary>
    /// <remarks>Playwright's own waiting for an address misses the page's load when that comes between its look and its listening.</remarks>
    public static async Task ArriveAsync(this IPage page, [StringSyntax(StringSyntaxAttribute.Regex)] string address)
    {
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(address, RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = 30_000 });
        await page.EvaluateAsync(Loaded);
    }
}
