using System.Net;

namespace Strata.Hub.Pages.Tests;

public sealed class CatalogueTests : IAsyncLifetime
{
    private static readonly SiteImage Image = SiteImage.Of("amd64", new Dictionary<string, string>
    {
        ["org.opencontainers.image.title"] = "A shell",
        ["org.opencontainers.image.description"] = "The shell <script>alert(1)</script> \u202E of many",
        ["org.opencontainers.image.url"] = "javascript:alert(1)",
        ["org.opencontainers.image.source"] = "https://example.com/shell",
    }, [SiteImage.Tar(SiteImage.Status(("bash", "5.2.15-2")))]);

    private ServedSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await ServedSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task An_empty_hub_says_how_to_push()
    {
        var page = await _site.PageAsync("/");
        page.ShouldContain("No images yet");
        page.ShouldContain($"strata push NAME:TAG {_site.Host}/NAME:TAG");
        page.ShouldNotContain("/login");
    }

    [Fact]
    public async Task The_start_lists_repositories_and_a_search_finds_them()
    {
        await _site.PushAsync("library/bash", "5.2", Image);
        await _site.PushAsync("me/tool", "1", SiteImage.Of([("a", "b")]));
        var all = await _site.PageAsync("/");
        all.ShouldContain("2 repositories");
        all.ShouldContain("href=\"/r/library/bash\"");
        all.ShouldContain("href=\"/r/library/bash:5.2\"");
        var found = await _site.PageAsync("/?q=shell");
        found.ShouldContain("1 repository for “shell”");
        found.ShouldNotContain("me/tool");
        (await _site.PageAsync("/?official=1")).ShouldNotContain("me/tool");
        (await _site.PageAsync("/?q=nothing+like+it")).ShouldContain("Nothing found");
    }

    [Fact]
    public async Task Only_what_is_official_has_the_badge()
    {
        await _site.PushAsync("library/bash", "5.2", Image);
        await _site.PushAsync("me/bash", "5.2", Image);
        (await _site.PageAsync("/r/library/bash")).ShouldContain("Official image<");
        (await _site.PageAsync("/r/me/bash")).ShouldNotContain("Official image<");
    }

    [Fact]
    public async Task A_long_catalogue_has_pages()
    {
        for (var i = 0; i < 26; i++) await _site.PushAsync($"me/app{i}", "1", Image);
        var first = await _site.PageAsync("/");
        first.ShouldContain("1–25 of 26");
        first.ShouldContain("href=\"/?page=2\"");
        (await _site.PageAsync("/?page=2")).ShouldContain("26–26 of 26");
        (await _site.GetAsync("/?page=99999999999999")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_repository_says_what_it_is_and_how_to_get_it()
    {
        await _site.PushAsync("library/bash", "5.2", Image);
        await _site.PushAsync("library/bash", "latest", Image);
        using var response = await _site.Client.GetAsync("/r/library/bash", TestContext.Current.CancellationToken);
        var raw = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        raw.ShouldNotContain("<script>alert");
        raw.ShouldNotContain("href=\"javascript:");
        raw.ShouldContain("href=\"https://example.com/shell\"");
        var page = WebUtility.HtmlDecode(raw);
        page.ShouldContain("\\u202e");
        page.ShouldContain($"docker pull {_site.Host}/library/bash:latest");
        page.ShouldContain("linux/amd64");
        page.ShouldContain("2 tags");
        (await _site.PageAsync("/r/library/bash?q=5")).ShouldContain("1 of 2 tags");
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/r/")]
    [InlineData("/r/me/none")]
    [InlineData("/r/Me/None")]
    [InlineData("/r/library/bash:none")]
    [InlineData("/r/library/bash:5.2/none")]
    [InlineData("/r/library/bash:5.2/packages/more")]
    [InlineData("/r/library/bash:5.2?platform=linux%2Fs390x%2Fnone/../..")]
    [InlineData("/r/library/bash@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public async Task What_is_not_there_is_a_404_with_a_way_on(string path)
    {
        await _site.PushAsync("library/bash", "5.2", Image);
        var (status, text, response) = await _site.GetAsync(path);
        if (path.Contains("platform", StringComparison.Ordinal))
        {
            // Of a manifest without an index there is one platform, whatever the address says.
            status.ShouldBe(HttpStatusCode.OK);
            return;
        }
        status.ShouldBe(HttpStatusCode.NotFound);
        text.ShouldContain("href=\"/\"");
        response.Headers.Contains("Content-Security-Policy").ShouldBeTrue();
    }

    [Fact]
    public async Task Pages_have_a_strict_policy_and_the_registry_is_left_alone()
    {
        await _site.PushAsync("me/bash", "1", Image);
        var (_, _, page) = await _site.GetAsync("/r/me/bash");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldBe(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'; object-src 'none'");
        page.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/me/bash/tags/list");
        request.Headers.Add("Accept-Encoding", "gzip, br");
        using var tags = await _site.Client.SendAsync(request, TestContext.Current.CancellationToken);
        tags.Content.Headers.ContentEncoding.ShouldBeEmpty();
        tags.Headers.Contains("Content-Security-Policy").ShouldBeFalse();
        using var head = new HttpRequestMessage(HttpMethod.Head, "/r/me/bash");
        (await _site.Client.SendAsync(head, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_theme_is_kept_and_forms_from_elsewhere_are_refused()
    {
        using var kept = await _site.PostAsync("/appearance", cookie: null, ("theme", "dark"), ("back", "//evil.example/"));
        kept.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        kept.Headers.Location!.OriginalString.ShouldBe("/");
        (await _site.PageAsync("/", "strata-theme=dark")).ShouldContain("data-theme=\"dark\"");
        using var bare = new FormUrlEncodedContent([KeyValuePair.Create("theme", "dark")]);
        (await _site.Client.PostAsync("/appearance", bare, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var cross = new HttpRequestMessage(HttpMethod.Post, "/appearance") { Content = new FormUrlEncodedContent([KeyValuePair.Create("theme", "dark")]) };
        cross.Headers.Add("Sec-Fetch-Site", "cross-site");
        (await _site.Client.SendAsync(cross, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
