using System.Net;
using System.Text.RegularExpressions;

namespace Strata.Dashboard.Tests;

public sealed partial class GuardTests(RunningDashboard dashboard) : IClassFixture<RunningDashboard>
{
    [Theory]
    [InlineData("/images")]
    [InlineData("/search?q=python")]
    [InlineData("/tasks")]
    [InlineData("/containers")]
    [InlineData("/nothing")]
    [InlineData("/images/sha256:00/overview")]
    [InlineData("/healthz")]
    [InlineData("/api/v1/tasks")]
    public async Task Every_answer_carries_the_strict_policy(string path)
    {
        using var response = await dashboard.Client.GetAsync(path, TestContext.Current.CancellationToken);
        response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldStartWith("default-src 'none'; script-src 'self'; style-src 'self';");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        response.Headers.GetValues("Cross-Origin-Opener-Policy").ShouldBe(["same-origin"]);
    }

    [Theory]
    [InlineData("/images")]
    [InlineData("/search?q=python")]
    [InlineData("/tasks")]
    [InlineData("/containers")]
    [InlineData("/nothing")]
    public async Task No_page_has_inline_styles_or_scripts(string path)
    {
        var page = await dashboard.PageAsync(path);
        page.ShouldNotContain(" style=");
        page.ShouldNotContain("<style");
        InlineScript().IsMatch(page).ShouldBeFalse();
    }

    [Theory]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LOCALHOST", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    [InlineData("rebound.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost.example", HttpStatusCode.MisdirectedRequest)]
    public async Task Only_loopback_names_are_answered(string host, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/images");
        request.Headers.Host = $"{host}:{dashboard.Port}";
        using var response = await dashboard.Client.SendAsync(request, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Another_port_in_the_host_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/images");
        request.Headers.Host = "127.0.0.1:1";
        using var response = await dashboard.Client.SendAsync(request, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("name", "127.0.0.1:1/without-token")]);
        using var response = await dashboard.Client.PostAsync("/pulls", content, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("The form was not accepted.");
        dashboard.Board.List().ShouldNotContain(t => t.Title.Contains("without-token"));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "http://rebound.example")]
    [InlineData("Origin", "null")]
    public async Task A_form_of_another_site_is_refused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/pulls") { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add(header, value);
        using var response = await dashboard.Client.SendAsync(request, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Another_site_cannot_listen_to_the_tasks()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var response = await dashboard.Client.SendAsync(request, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/pulls")]
    [InlineData("/tasks/1/cancel")]
    [InlineData("/containers/abc/stop")]
    [InlineData("/containers/abc/removal")]
    [InlineData("/images/sha256:00/containers")]
    [InlineData("/appearance")]
    public async Task Nothing_changes_by_reading(string path)
    {
        using var response = await dashboard.Client.GetAsync(path, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData("/tasks", "/tasks")]
    [InlineData("//rebound.example", "/images")]
    [InlineData("/\\rebound.example", "/images")]
    [InlineData("http://rebound.example", "/images")]
    [InlineData("", "/images")]
    public async Task The_way_back_never_leaves_the_dashboard(string back, string expected)
    {
        using var response = await dashboard.PostAsync("/appearance", ("theme", "dark"), ("back", back));
        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        response.Headers.Location!.OriginalString.ShouldBe(expected);
        response.Headers.GetValues("Set-Cookie").ShouldContain(c => c.StartsWith("strata-theme=dark;", StringComparison.Ordinal));
    }

    [GeneratedRegex("<script(?![^>]*\\ssrc=)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex InlineScript();
}
