using System.Net;

namespace Strata.Dashboard.Tests;

public sealed class PageTests : IAsyncLifetime
{
    private readonly RunningDashboard _dashboard = new();

    public ValueTask InitializeAsync() => _dashboard.InitializeAsync();

    public ValueTask DisposeAsync() => _dashboard.DisposeAsync();

    [Fact]
    public async Task The_start_page_is_the_list_of_images()
    {
        using var response = await _dashboard.Client.GetAsync("/", TestContext.Current.CancellationToken);
        response.Headers.Location!.OriginalString.ShouldBe("/images");
    }

    [Fact]
    public async Task An_empty_store_shows_the_way_to_a_first_image()
    {
        var page = await _dashboard.PageAsync("/images");
        page.ShouldContain("No images yet");
        page.ShouldContain("strata pull 127.0.0.1:1/strata/welcome:latest");
        page.ShouldContain("href=\"/search\"");
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/containers/nothing")]
    [InlineData("/images/nothing/overview")]
    [InlineData("/images/sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855/layers")]
    [InlineData("/images/sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855/nonsense")]
    public async Task What_is_not_there_is_a_404_with_a_way_on(string path)
    {
        using var response = await _dashboard.Client.GetAsync(path, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("href=\"/images\"");
    }

    [Fact]
    public async Task A_hub_that_does_not_answer_is_an_error_in_place_with_advice()
    {
        using var response = await _dashboard.Client.GetAsync("/search?q=python", TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        page.ShouldContain("role=\"alert\"");
        page.ShouldContain("value=\"python\"");
        page.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_registry_that_is_no_name_is_told_so()
    {
        var page = WebUtility.HtmlDecode(await _dashboard.PageAsync("/search?q=x&registry=http%3A%2F%2Fevil%2Fpath"));
        page.ShouldContain("is not a registry's name");
    }

    [Fact]
    public async Task A_broken_store_is_a_page_and_never_a_stack_trace()
    {
        await SampleImage.AddAsync(_dashboard.Store, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_dashboard.Root, "index.json"), "{ not json", TestContext.Current.CancellationToken);
        using var response = await _dashboard.Client.GetAsync("/images", TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        page.ShouldContain("Something is wrong");
        page.ShouldNotContain("   at ");
        response.Headers.Contains("Content-Security-Policy").ShouldBeTrue();
    }

    [Fact]
    public async Task An_image_is_listed_and_its_four_views_render()
    {
        var id = await SampleImage.AddAsync(_dashboard.Store, TestContext.Current.CancellationToken);
        (await _dashboard.PageAsync("/images")).ShouldContain($"/images/{id}/overview");
        (await _dashboard.PageAsync($"/images/{id}/overview")).ShouldContain("Runs as root");
        (await _dashboard.PageAsync($"/images/{id}/layers")).ShouldContain("COPY status /var/lib/dpkg/");
        var packages = await _dashboard.PageAsync($"/images/{id}/packages");
        packages.ShouldContain("bash");
        packages.ShouldContain("5.2.15-2");
        (await _dashboard.PageAsync($"/images/{id}/vulnerabilities")).ShouldContain("Not scanned: there is no vulnerability data yet.");
    }

    [Fact]
    public async Task Documents_are_made_here_and_asked_for_at_the_registry()
    {
        var id = await SampleImage.AddAsync(_dashboard.Store, TestContext.Current.CancellationToken);
        // Nothing listens where the image came from: that is said in place, and what is here is there all the same.
        var page = await _dashboard.PageAsync($"/images/{id}/documents");
        page.ShouldContain("role=\"alert\"");
        page.ShouldContain($"/images/{id}/spdx.json");
        using var document = await _dashboard.Client.GetAsync($"/images/{id}/cyclonedx.json", TestContext.Current.CancellationToken);
        document.Content.Headers.ContentType!.MediaType.ShouldBe("application/vnd.cyclonedx+json");
        (await document.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("5.2.15-2");
        using var none = await _dashboard.Client.GetAsync("/images/none/cyclonedx.json", TestContext.Current.CancellationToken);
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_better_base_is_advised_from_the_store_where_the_registry_is_silent()
    {
        const string Base = "127.0.0.1:1/sample/base";
        await SampleImage.AddAsync(_dashboard.Store, Base + ":1.0", ["libc6 2.36-9"], TestContext.Current.CancellationToken);
        await SampleImage.AddAsync(_dashboard.Store, Base + ":1.1", ["libc6 2.37-1"], TestContext.Current.CancellationToken);
        var id = await SampleImage.AddAsync(_dashboard.Store, "127.0.0.1:1/me/app:1", ["libc6 2.36-9", "bash 5.2.15-2"], TestContext.Current.CancellationToken);
        var page = WebUtility.HtmlDecode(await _dashboard.PageAsync($"/images/{id}/base"));
        page.ShouldContain("Only the store was looked into.");
        page.ShouldContain(Base + ":1.0");
        page.ShouldContain($"FROM {Base}:1.1@sha256:");
        page.ShouldNotContain("Without a build");
        var alone = await SampleImage.AddAsync(_dashboard.Store, "127.0.0.1:1/me/other:1", ["zlib1g 1.2"], TestContext.Current.CancellationToken);
        (await _dashboard.PageAsync($"/images/{alone}/base")).ShouldContain("The base is not known");
    }

    [Fact]
    public async Task Removing_asks_first_and_says_what_went()
    {
        var id = await SampleImage.AddAsync(_dashboard.Store, TestContext.Current.CancellationToken);
        (await _dashboard.PageAsync($"/images/{id}/remove?name={Uri.EscapeDataString(SampleImage.Name)}")).ShouldContain("These names go:");
        using var response = await _dashboard.PostAsync($"/images/{id}/removal", ("name", SampleImage.Name));
        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await _dashboard.PageAsync(response.Headers.Location!.OriginalString)).ShouldContain($"Removed {SampleImage.Name}.");
        (await _dashboard.PageAsync("/images")).ShouldContain("No images yet");
    }

    [Fact]
    public async Task A_theme_is_written_into_the_page_so_that_it_does_not_flash()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/images");
        request.Headers.Add("Cookie", "strata-theme=dark");
        using var response = await _dashboard.Client.SendAsync(request, TestContext.Current.CancellationToken);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("data-theme=\"dark\"");
    }

    [Fact]
    public async Task Assets_are_kept_for_ever_under_their_version_and_not_under_another()
    {
        var page = await _dashboard.PageAsync("/images");
        var start = page.IndexOf("/assets/", StringComparison.Ordinal);
        var path = page[start..page.IndexOf('"', start)];
        using var current = await _dashboard.Client.GetAsync(path, TestContext.Current.CancellationToken);
        current.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromDays(365));
        current.Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
        using var other = await _dashboard.Client.GetAsync("/assets/old/strata.css", TestContext.Current.CancellationToken);
        other.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }
}
