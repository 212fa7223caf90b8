using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>Follows the Link headers of a list. RFC 5988 as the distribution spec uses it.</summary>
internal static class Pages
{
    /// <summary>The path of the next page; null when this is the last.</summary>
    public static string? Next(Answer answer)
    {
        if (answer.Header("Link") is not { } link) return null;
        link.ShouldMatch("^<[^>]+>; ?rel=\"next\"$");
        return link[1..link.IndexOf('>', StringComparison.Ordinal)];
    }

    public static async Task<List<Answer>> FollowAsync(Registry registry, string path, int most = 200)
    {
        var pages = new List<Answer>();
        for (var next = path; next is not null; next = Next(pages[^1]))
        {
            pages.Count.ShouldBeLessThan(most, "the pages never end");
            pages.Add((await registry.SendAsync("GET", next)).Should(HttpStatusCode.OK));
        }
        return pages;
    }

    public static string[] Strings(Answer answer, string member) => [.. answer.Json[member]!.AsArray().Select(n => n!.GetValue<string>())];
}
