using System.Net;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

public sealed class ListTests : IAsyncLifetime
{
    private RegistryHost _host = null!;

    private HttpClient Client => _host.Client;

    public async ValueTask InitializeAsync()
    {
        _host = await RegistryHost.StartAsync();
        foreach (var tag in (string[])["c", "a", "e", "b", "d"]) await Client.PushImageAsync(tag);
        await Client.PushImageAsync("v1", "me/b");
        await Client.PushImageAsync("v1", "another/one/with/parts");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Tags_come_in_order()
    {
        var list = await Client.JsonAsync($"/v2/{Repository}/tags/list");
        list.GetProperty("name").GetString().ShouldBe(Repository);
        list.Strings("tags").ShouldBe(["a", "b", "c", "d", "e"]);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(5, 1)]
    [InlineData(4, 2)]
    [InlineData(6, 1)]
    public async Task Pages_follow_each_other_by_their_links(int n, int pages)
    {
        var found = new List<string>();
        var count = 0;
        for (var path = $"/v2/{Repository}/tags/list?n={n}"; path is not null; count++)
        {
            var response = await Client.GetAsync(path);
            using var json = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            found.AddRange(json.RootElement.Strings("tags"));
            var link = response.Header("Link");
            path = link.Length == 0 ? null : link[(link.IndexOf('<', StringComparison.Ordinal) + 1)..link.IndexOf('>', StringComparison.Ordinal)];
        }
        found.ShouldBe(["a", "b", "c", "d", "e"]);
        count.ShouldBe(pages);
    }

    [Fact]
    public async Task A_page_of_nothing_is_empty_and_has_no_next()
    {
        var response = await Client.GetAsync($"/v2/{Repository}/tags/list?n=0");
        response.Header("Link").ShouldBe("");
        (await Client.JsonAsync($"/v2/{Repository}/tags/list?n=0")).Strings("tags").ShouldBeEmpty();
    }

    [Fact]
    public async Task Last_need_not_be_there() =>
        (await Client.JsonAsync($"/v2/{Repository}/tags/list?last=bb")).Strings("tags").ShouldBe(["c", "d", "e"]);

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("1.5")]
    public async Task A_page_length_that_is_none_is_400(string n)
    {
        await (await Client.GetAsync($"/v2/{Repository}/tags/list?n={n}")).ShouldBeFaultAsync(HttpStatusCode.BadRequest, "PAGINATION_NUMBER_INVALID");
        await (await Client.GetAsync($"/v2/_catalog?n={n}")).ShouldBeFaultAsync(HttpStatusCode.BadRequest, "PAGINATION_NUMBER_INVALID");
    }

    [Fact]
    public async Task Tags_of_an_unknown_repository_are_404() =>
        await (await Client.GetAsync("/v2/no/such/tags/list")).ShouldBeFaultAsync(HttpStatusCode.NotFound, "NAME_UNKNOWN");

    [Fact]
    public async Task The_catalogue_lists_repositories_that_hold_a_manifest()
    {
        await Client.PushBlobAsync(Bytes(5), "only/a/blob");
        (await Client.JsonAsync("/v2/_catalog")).Strings("repositories").ShouldBe(["another/one/with/parts", "me/app", "me/b"]);
        var response = await Client.GetAsync("/v2/_catalog?n=2");
        response.Header("Link").ShouldBe("</v2/_catalog?n=2&last=me%2Fapp>; rel=\"next\"");
        (await Client.JsonAsync("/v2/_catalog?n=2&last=me%2Fapp")).Strings("repositories").ShouldBe(["me/b"]);
    }
}
