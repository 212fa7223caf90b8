using System.Net;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

/// <summary>What comes in at the door: paths, names, methods.</summary>
public sealed class DoorTests : IAsyncLifetime
{
    private RegistryHost _host = null!;

    private HttpClient Client => _host.Client;

    public async ValueTask InitializeAsync() => _host = await RegistryHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/v2/")]
    [InlineData("/v2")]
    public async Task The_base_answers(string path)
    {
        var response = await Client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Header("Docker-Distribution-Api-Version").ShouldBe("registry/2.0");
        (await response.Content.ReadAsStringAsync()).ShouldBe("{}");
    }

    [Theory]
    [InlineData("/v2/UPPER/tags/list")]
    [InlineData("/v2/a//b/tags/list")]
    [InlineData("/v2/-a/tags/list")]
    [InlineData("/v2/..%2f..%2fetc/manifests/passwd")]
    [InlineData("/v2/a%20b/blobs/sha256:00")]
    public async Task A_name_that_is_none_is_400(string path) =>
        await (await Client.GetAsync(path)).ShouldBeFaultAsync(HttpStatusCode.BadRequest, "NAME_INVALID");

    [Fact]
    public async Task A_name_with_a_nul_is_400() => (await Client.GetAsync("/v2/a%00b/manifests/x")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData(255, HttpStatusCode.NotFound)]
    [InlineData(256, HttpStatusCode.BadRequest)]
    public async Task A_name_has_a_longest_length(int length, HttpStatusCode expected) =>
        (await Client.GetAsync($"/v2/{new string('a', length)}/tags/list")).StatusCode.ShouldBe(expected);

    [Theory]
    [InlineData("/v2/nothing")]
    [InlineData("/v2/a/b/c")]
    [InlineData("/v2//manifests")]
    [InlineData("/v2/a/tags/other")]
    public async Task What_is_no_end_point_is_404(string path) => (await Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("POST", "/v2/")]
    [InlineData("POST", "/v2/a/tags/list")]
    [InlineData("GET", "/v2/a/blobs/uploads/")]
    [InlineData("PATCH", "/v2/a/manifests/x")]
    [InlineData("PUT", "/v2/_catalog")]
    public async Task What_an_end_point_does_not_do_is_405(string method, string path)
    {
        var response = await Client.SendAsync(method, path);
        await response.ShouldBeFaultAsync(HttpStatusCode.MethodNotAllowed, "UNSUPPORTED");
        response.Content.Headers.Allow.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("blobs/uploads")]
    [InlineData("manifests")]
    [InlineData("tags/list/blobs")]
    [InlineData("v2/referrers")]
    public async Task A_name_may_consist_of_the_words_of_the_end_points(string repository)
    {
        var digest = await Client.PushImageAsync("latest", repository);
        (await Client.GetAsync($"/v2/{repository}/manifests/{digest}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Client.JsonAsync($"/v2/{repository}/tags/list")).Strings("tags").ShouldBe(["latest"]);
    }

    [Fact]
    public async Task An_unknown_host_header_does_not_get_into_a_location()
    {
        var response = await Client.SendAsync("POST", $"/v2/{Repository}/blobs/uploads/", headers: ("Host", "evil.example"));
        response.Headers.Location!.ToString().ShouldStartWith("/v2/");
    }
}
