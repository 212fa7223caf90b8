using System.Net;

namespace Strata.Hub.Tests;

public sealed class SearchTests : IAsyncLifetime
{
    private HubHost _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubHost.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task The_exact_name_comes_first_then_prefixes_then_words()
    {
        await _hub.PushAsync("me/pythonista", description: "A snake for one");
        await _hub.PushAsync("me/tool", description: "Written in Python, with love");
        await _hub.PushAsync("python-fans/site", description: "Nothing here");
        await _hub.PushAsync("me/monty-python", description: "A flying circus");
        await _hub.PushAsync("me/python", description: "My own build");
        await _hub.PushAsync("library/python", description: "The language");
        await _hub.PushAsync("me/redis", description: "A store");
        (await _hub.NamesAsync("q=python")).ShouldBe(
            ["library/python", "me/python", "me/pythonista", "python-fans/site", "me/monty-python", "me/tool"]);
    }

    [Fact]
    public async Task A_full_name_finds_that_repository_first()
    {
        await _hub.PushAsync("library/python");
        await _hub.PushAsync("me/python");
        (await _hub.NamesAsync("q=me/python"))[0].ShouldBe("me/python");
    }

    [Theory]
    [InlineData("python:3.11")]
    [InlineData("PYTHON")]
    [InlineData("%20python%20")]
    [InlineData("python:")]
    [InlineData("python@sha256:0000")]
    public async Task A_query_is_read_with_good_will(string query)
    {
        await _hub.PushAsync("me/python", "3.11");
        (await _hub.NamesAsync("q=" + query)).ShouldBe(["me/python"]);
    }

    [Fact]
    public async Task The_repository_that_has_the_tag_comes_before_its_equals()
    {
        await _hub.PushAsync("a/python", "latest");
        await _hub.PushAsync("b/python", "3.11");
        await _hub.PushAsync("c/python", "latest");
        (await _hub.NamesAsync("q=python:3.11"))[0].ShouldBe("b/python");
    }

    [Fact]
    public async Task All_words_must_be_found_and_may_be_in_any_order()
    {
        await _hub.PushAsync("me/web", description: "A small web server");
        await _hub.PushAsync("me/db", description: "A small database server");
        (await _hub.NamesAsync("q=server+web")).ShouldBe(["me/web"]);
        (await _hub.NamesAsync("q=server+nothing")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_badge_is_no_word()
    {
        await _hub.PushAsync("library/python");
        (await _hub.NamesAsync("q=official")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_lists_everything_and_official_can_be_asked_for()
    {
        await _hub.PushAsync("me/one");
        await _hub.PushAsync("me/two");
        await _hub.PushAsync("library/three");
        (await _hub.NamesAsync("")).ShouldBe(["library/three", "me/two", "me/one"]);
        (await _hub.NamesAsync("official=true")).ShouldBe(["library/three"]);
        (await _hub.NamesAsync("official=false")).ShouldBe(["me/two", "me/one"]);
    }

    [Fact]
    public async Task Pulls_order_what_is_equally_good()
    {
        await _hub.PushAsync("a/redis");
        await _hub.PushAsync("b/redis");
        for (var i = 0; i < 3; i++) await _hub.Client.GetAsync("/v2/a/redis/manifests/latest");
        (await _hub.NamesAsync("q=redis")).ShouldBe(["a/redis", "b/redis"]);
    }

    [Theory]
    [InlineData("page_size=0", HttpStatusCode.BadRequest)]
    [InlineData("page_size=1", HttpStatusCode.OK)]
    [InlineData("page_size=100", HttpStatusCode.OK)]
    [InlineData("page_size=101", HttpStatusCode.OK)]
    [InlineData("page_size=-1", HttpStatusCode.BadRequest)]
    [InlineData("page_size=x", HttpStatusCode.BadRequest)]
    [InlineData("page=0", HttpStatusCode.BadRequest)]
    [InlineData("page=2147483647", HttpStatusCode.OK)]
    [InlineData("page=2147483648", HttpStatusCode.BadRequest)]
    public async Task A_page_has_limits(string query, HttpStatusCode expected) =>
        (await _hub.Client.GetAsync("/api/v1/search?" + query)).StatusCode.ShouldBe(expected);

    [Fact]
    public async Task Pages_follow_each_other()
    {
        for (var i = 0; i < 5; i++) await _hub.PushAsync($"me/r{i}");
        var first = await _hub.JsonAsync("/api/v1/search?q=r&page_size=2");
        first.GetProperty("total").GetInt32().ShouldBe(5);
        first.GetProperty("page_size").GetInt32().ShouldBe(2);
        var names = new List<string>();
        for (var page = 1; page <= 3; page++) names.AddRange(await _hub.NamesAsync($"q=r&page_size=2&page={page}"));
        names.Distinct(StringComparer.Ordinal).Count().ShouldBe(5);
        (await _hub.NamesAsync("q=r&page_size=2&page=4")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Docker_search_has_the_shape_that_docker_reads()
    {
        await _hub.PushAsync("library/python", description: "The language");
        var ping = await _hub.Client.GetAsync("/v1/_ping");
        ping.StatusCode.ShouldBe(HttpStatusCode.OK);
        ping.Headers.GetValues("X-Docker-Registry-Standalone").ShouldBe(["true"]);
        var json = await _hub.JsonAsync("/v1/search?q=python&n=25");
        json.GetProperty("query").GetString().ShouldBe("python");
        json.GetProperty("num_results").GetInt32().ShouldBe(1);
        json.GetProperty("num_pages").GetInt32().ShouldBe(1);
        json.GetProperty("page").GetInt32().ShouldBe(1);
        json.GetProperty("page_size").GetInt32().ShouldBe(25);
        var result = json.GetProperty("results")[0];
        result.GetProperty("name").GetString().ShouldBe("library/python");
        result.GetProperty("description").GetString().ShouldBe("The language");
        result.GetProperty("star_count").GetInt32().ShouldBe(0);
        result.GetProperty("is_official").GetBoolean().ShouldBeTrue();
        result.GetProperty("is_automated").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task One_of_ten_thousand_repositories_is_found()
    {
        for (var i = 0; i < 10_000; i++)
        {
            var name = $"team{i % 100}/service-{i}";
            var tag = new HubTag("latest", "sha256:0", 1, DateTimeOffset.UnixEpoch, ["linux/amd64"]);
            _hub.Catalogue.Set(new HubRepository
            {
                Name = name,
                Description = $"Service number {i} of the example, with words enough to be like a real description of an image",
                Tags = System.Collections.Immutable.ImmutableSortedDictionary<string, HubTag>.Empty.Add("latest", tag),
            });
        }
        (await _hub.NamesAsync("q=service-9999")).ShouldBe(["team99/service-9999"]);
        (await _hub.NamesAsync("q=number+example")).Length.ShouldBe(25);
    }
}
