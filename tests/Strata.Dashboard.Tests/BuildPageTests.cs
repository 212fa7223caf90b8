using System.Net;
using Strata.Build;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Dashboard.Tests;

/// <summary>Builds as the pages show them: real ones, of the kind that needs no container.</summary>
public sealed class BuildPageTests : IAsyncLifetime
{
    private readonly RunningDashboard _dashboard = new();
    private readonly TemporaryFolder _context = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private BuildHistory History => new(_dashboard.Root);

    public ValueTask InitializeAsync() => _dashboard.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _dashboard.DisposeAsync();
        _context.Dispose();
    }

    [Fact]
    public async Task Without_a_build_the_list_shows_the_way_to_one()
    {
        var page = await _dashboard.PageAsync("/builds");
        page.ShouldContain("No builds yet");
        page.ShouldContain("strata build -t NAME .");
        (await _dashboard.PageAsync("/containers")).ShouldContain("href=\"/builds\"");
    }

    [Fact]
    public async Task A_build_is_listed_and_shows_its_steps_its_log_and_its_image()
    {
        await BuildAsync("FROM scratch\nCOPY a /1\n");
        var image = await BuildAsync("FROM scratch\nCOPY a /1\nCOPY a /2\n");
        var id = History.List()[0].Id;
        var list = await _dashboard.PageAsync("/builds");
        list.ShouldContain($"href=\"/builds/{id}\">built:1<");
        list.ShouldContain(">Done<");
        list.ShouldContain(">1 of 2<");
        list.IndexOf(id, StringComparison.Ordinal).ShouldBeLessThan(list.IndexOf(History.List()[1].Id, StringComparison.Ordinal));

        (await PageAsync(id)).ShouldContain("No program wrote anything.");
        await File.WriteAllTextAsync(Path.Combine(Folder(id), "log"), "2\t\e[31m<b>hello</b>\u202e\n", Stop);
        var page = await PageAsync(id);
        page.ShouldContain("[1/2] COPY a /1");
        page.ShouldContain("Found there");
        page.ShouldContain("Not cached: it was not built before");
        page.ShouldContain("#2 <b>hello</b>\\u202e");
        (await _dashboard.PageAsync($"/builds/{id}")).ShouldNotContain("<b>hello");
        page.ShouldContain($"/images/{image.Id}/overview");

        using var removal = await _dashboard.PostAsync($"/images/{image.Id}/removal", ("name", "built:1"));
        removal.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await PageAsync(id)).ShouldContain(", no longer in the store");
    }

    [Fact]
    public async Task Of_a_long_log_the_end_is_shown()
    {
        await BuildAsync("FROM scratch\nCOPY a /1\n");
        var id = History.List()[0].Id;
        await File.WriteAllLinesAsync(Path.Combine(Folder(id), "log"), Enumerable.Range(1, 20_000).Select(i => $"11\tline {i} {new string('x', 100)}"), Stop);
        var page = await PageAsync(id);
        page.ShouldContain("Only its end is shown.");
        page.ShouldContain("#11 line 20000 ");
        page.ShouldContain("#11 line 19501 ");
        page.ShouldNotContain("line 19500 ");
    }

    [Fact]
    public async Task A_build_that_failed_says_where_and_why()
    {
        await Should.ThrowAsync<BuildException>(() => BuildAsync("FROM scratch\nCOPY a /1\nCOPY nothing /\n"));
        (await _dashboard.PageAsync("/builds")).ShouldContain(">Failed<");
        var record = History.List()[0];
        var page = await PageAsync(record.Id);
        page.ShouldContain("Dockerfile:3");
        page.ShouldContain("\"/nothing\": not found");
        page.ShouldContain(record.Advice![1..]);
        page.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task One_whose_process_is_gone_was_cut_off_and_so_was_its_step()
    {
        const string Id = "20260101T000000000-abcdef";
        Directory.CreateDirectory(Folder(Id));
        await File.WriteAllTextAsync(Path.Combine(Folder(Id), "record.json"), $$"""
            {"id":"{{Id}}","state":"Running","started":"2026-01-01T00:00:00Z","context":".","dockerfile":"Dockerfile","target":"app","platforms":[],"names":[],"warnings":[],
             "steps":[{"number":1,"name":"[1/1] RUN make","state":"Running","started":"2026-01-01T00:00:00Z","seconds":0}]}
            """, Stop);
        (await _dashboard.PageAsync("/builds")).ShouldContain(">Cut off<");
        var page = await PageAsync(Id);
        page.ShouldContain("Target app");
        page.ShouldNotContain(">Running<");
        page.ShouldNotContain(">Reload<");
        using var held = Content.FileLock.Exclusive(Path.Combine(Folder(Id), "lock"));
        page = await PageAsync(Id);
        page.ShouldContain(">Running<");
        page.ShouldContain(">Reload<");
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("..%2F..%2Fhistory")]
    [InlineData("%2e%2e%2fhistory")]
    [InlineData("%252e%252e")]
    [InlineData("x%2500")]
    [InlineData("%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    public async Task An_address_that_names_no_build_is_a_404_with_a_way_on(string id)
    {
        // What a way out of the history would find.
        Directory.CreateDirectory(Folder("."));
        await File.WriteAllTextAsync(Path.Combine(Folder(".."), "record.json"), """{"id":"secret","started":"2026-01-01T00:00:00Z"}""", Stop);
        using var response = await _dashboard.Client.GetAsync($"/builds/{id}", Stop);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var page = await response.Content.ReadAsStringAsync(Stop);
        page.ShouldContain("There is no build");
        page.ShouldNotContain("<script>alert");
    }

    private string Folder(string id) => Path.Combine(_dashboard.Root, "builds", "history", id);

    private async Task<string> PageAsync(string id) => WebUtility.HtmlDecode(await _dashboard.PageAsync($"/builds/{id}"));

    private Task<BuiltImage> BuildAsync(string dockerfile)
    {
        _context.File("a", "a");
        _context.File("Dockerfile", dockerfile);
        return new Builder(_dashboard.Store, _dashboard.Images, TimeProvider.System)
            .BuildAsync(new BuildOptions { Context = _context.Path, Names = [Reference.Parse("built:1")] }, progress: null, Stop);
    }
}
