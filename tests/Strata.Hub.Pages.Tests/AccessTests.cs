using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Strata.Hub.Pages.Tests;

/// <summary>A page shows what its visitor may pull, and lets nobody guess what else there is.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private static readonly (string, string) Os = ("etc/os-release", "ID=debian\nVERSION_ID=12\n");
    private static readonly (string, string) Status = SiteImage.Status(("bash", "5.2.15-2"));
    private static readonly SiteImage Inner = SiteImage.Of([Os, Status]);
    private static readonly SiteImage Outer = SiteImage.Of([Os, Status], [("srv/a", "a")]);

    private ServedSite _site = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await ServedSite.StartAsync(AuthMode.Accounts);
        await _site.AddUserAsync("me", "my password");
        await _site.AddUserAsync("you", "your password");
        await _site.PushAsync("me/closed", "1", Inner, ServedSite.Basic("me", "my password"));
        await _site.PushAsync("library/open", "1", Outer);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Nobody_sees_what_is_public_and_nothing_of_the_rest()
    {
        foreach (var path in (string[])["/", "/?q=closed", "/?q=me", "/r/library/open", "/r/library/open:1", "/r/library/open:1/packages", "/r/library/open:1/layers"])
            (await _site.PageAsync(path)).ShouldNotContain("me/closed");
        (await _site.PageAsync("/")).ShouldContain("1 repository");
        var missing = await _site.GetAsync("/r/me/nothing:1/packages");
        foreach (var path in (string[])["/r/me/closed", "/r/me/closed:1", "/r/me/closed:1/packages", "/r/me/closed:1/cyclonedx.json", "/r/me/closed:1/documents"])
        {
            var closed = await _site.GetAsync(path);
            closed.Status.ShouldBe(HttpStatusCode.NotFound, path);
            Words(closed.Text).ShouldBe(Words(missing.Text), path);
        }
    }

    [Fact]
    public async Task Who_signs_in_sees_his_own_until_he_signs_out()
    {
        var me = await _site.SignInAsync("me", "my password");
        var home = await _site.PageAsync("/", me);
        home.ShouldContain("/r/me/closed");
        home.ShouldContain("2 repositories");
        (await _site.PageAsync("/r/me/closed:1/packages", me)).ShouldContain("bash");
        // A base is named to those only who may see it.
        (await _site.PageAsync("/r/library/open:1/packages", me)).ShouldContain("me/closed:1");
        (await _site.PageAsync("/r/library/open:1/packages")).ShouldNotContain("me/closed");
        var you = await _site.SignInAsync("you", "your password");
        (await _site.PageAsync("/", you)).ShouldNotContain("me/closed");
        (await _site.GetAsync("/r/me/closed:1", you)).Status.ShouldBe(HttpStatusCode.NotFound);
        using var gone = await _site.PostAsync("/logout", me);
        gone.Headers.GetValues("Set-Cookie").ShouldContain(c => c.StartsWith("strata-hub-session=;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_password_begins_nothing_and_guessing_gets_slow()
    {
        using var wrong = await _site.PostAsync("/login", cookie: null, ("user", "me"), ("password", "guess"), ("back", "/"));
        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        wrong.Headers.TryGetValues("Set-Cookie", out var cookies);
        (cookies ?? []).ShouldNotContain(c => c.StartsWith("strata-hub-session", StringComparison.Ordinal));
        (await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("The name or the password is wrong.");
        var last = HttpStatusCode.Unauthorized;
        for (var i = 0; i < 10 && last == HttpStatusCode.Unauthorized; i++)
        {
            using var next = await _site.PostAsync("/login", cookie: null, ("user", "me"), ("password", $"guess {i}"), ("back", "/"));
            last = next.StatusCode;
        }
        last.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_session_ends_with_its_password_and_is_no_token_of_the_registry()
    {
        var me = await _site.SignInAsync("me", "my password");
        using var bearer = new HttpRequestMessage(HttpMethod.Get, "/v2/me/closed/tags/list");
        bearer.Headers.Authorization = new AuthenticationHeaderValue("Bearer", me.Split('=', 2)[1]);
        (await _site.Client.SendAsync(bearer, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var cookie = new HttpRequestMessage(HttpMethod.Get, "/v2/me/closed/tags/list");
        cookie.Headers.Add("Cookie", me);
        (await _site.Client.SendAsync(cookie, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        using var change = new HttpRequestMessage(HttpMethod.Put, "/api/v1/accounts/users/me/password") { Content = JsonContent.Create(new { password = "another password" }) };
        change.Headers.Authorization = _site.Admin;
        using var changed = await _site.Client.SendAsync(change, TestContext.Current.CancellationToken);
        changed.IsSuccessStatusCode.ShouldBeTrue(await changed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        (await _site.GetAsync("/r/me/closed:1", me)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Signing_in_leads_back_to_the_page_and_never_elsewhere()
    {
        (await _site.PageAsync("/r/library/open:1/packages")).ShouldContain("/login?back=%2Fr%2Flibrary%2Fopen%3A1%2Fpackages");
        using var back = await _site.PostAsync("/login", cookie: null, ("user", "me"), ("password", "my password"), ("back", "/r/me/closed"));
        back.Headers.Location!.OriginalString.ShouldBe("/r/me/closed");
        using var away = await _site.PostAsync("/login", cookie: null, ("user", "me"), ("password", "my password"), ("back", "https://evil.example/"));
        away.Headers.Location!.OriginalString.ShouldBe("/");
        var form = await _site.PageAsync("/login?back=//evil.example/");
        form.ShouldNotContain("evil.example");
        // It is none of the pages that the navigation leads to.
        form.ShouldNotContain("aria-current");
        (await _site.PageAsync("/?official=1")).ShouldContain("<a href=\"/?official=1\" aria-current=\"page\">");
    }

    // What a person reads, without what differs from one address to the other.
    private static string Words(string page) => page[page.IndexOf("<main", StringComparison.Ordinal)..page.IndexOf("</main>", StringComparison.Ordinal)]
        .Replace(page.Contains("back=", StringComparison.Ordinal) ? System.Text.RegularExpressions.Regex.Match(page, "back=[^\"]*", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Value : "-", "", StringComparison.Ordinal);
}
