using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Strata.Hub.Tests;

public sealed class TrustTests : IAsyncLifetime
{
    private HubHost _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubHost.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData("POST", "/v2/library/python/blobs/uploads/")]
    [InlineData("PUT", "/v2/library/python/manifests/latest")]
    [InlineData("DELETE", "/v2/library/python/manifests/latest")]
    [InlineData("DELETE", "/v2/library/deep/er/manifests/latest")]
    public async Task Official_repositories_are_changed_by_their_publisher_only(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var response = await _hub.Client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Basic realm=\"Strata hub\"");
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        json.RootElement.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe("UNAUTHORIZED");
    }

    [Fact]
    public async Task The_publisher_pushes_and_everybody_pulls()
    {
        await _hub.PushAsync("library/python");
        (await _hub.Client.GetAsync("/v2/library/python/manifests/latest")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("DELETE", "/v2/library/python/manifests/latest", HubHost.Basic("publisher", _hub.Secret))).ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("/v2/")]
    [InlineData("/v2/_catalog")]
    [InlineData("/v2/me/app/tags/list")]
    [InlineData("/v1/search?q=x")]
    [InlineData("/v1/_ping")]
    [InlineData("/api/v1/search")]
    [InlineData("/api/v1/repositories/me/app")]
    public async Task Wrong_credentials_are_401_everywhere(string path)
    {
        await _hub.PushAsync("me/app");
        foreach (var wrong in (AuthenticationHeaderValue[])
            [HubHost.Basic("publisher", "nonsense"), HubHost.Basic("somebody", _hub.Secret), HubHost.Basic("publisher", ""), new("Bearer", "x"), new("Basic", "%%%")])
        {
            (await StatusAsync("GET", path, wrong)).ShouldBe(HttpStatusCode.Unauthorized, wrong.ToString());
        }
        (await StatusAsync("GET", path, HubHost.Basic("publisher", _hub.Secret))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Empty_credentials_are_nobody() => (await StatusAsync("GET", "/v2/", HubHost.Basic("", ""))).ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task The_base_invites_credentials_with_its_200()
    {
        var response = await _hub.Client.GetAsync("/v2/");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Basic realm=\"Strata hub\"");
    }

    private async Task<HttpStatusCode> StatusAsync(string method, string path, AuthenticationHeaderValue authorization)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = authorization;
        return (await _hub.Client.SendAsync(request)).StatusCode;
    }
}
