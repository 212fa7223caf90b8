using System.Net;
using System.Net.Http.Headers;

namespace Strata.Hub.Tests;

/// <summary>What a registry with accounts asks for, and what it takes.</summary>
public sealed class ChallengeTests : IAsyncLifetime
{
    private HubHost _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubHost.WithAccountsAsync();
        _hub.Accounts.AddUser("me", "my password", isAdministrator: false);
        await _hub.PushAsync("me/app", who: HubHost.Basic("me", "my password"));
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData("GET", "/v2/", "")]
    [InlineData("GET", "/v2/_catalog", ",scope=\"registry:catalog:*\"")]
    [InlineData("GET", "/v2/me/app/manifests/latest", ",scope=\"repository:me/app:pull\"")]
    [InlineData("HEAD", "/v2/me/none/manifests/latest", ",scope=\"repository:me/none:pull\"")]
    [InlineData("GET", "/v2/me/app/tags/list", ",scope=\"repository:me/app:pull\"")]
    [InlineData("POST", "/v2/me/app/blobs/uploads/", ",scope=\"repository:me/app:pull,push\"")]
    [InlineData("POST", "/v2/me/app/blobs/uploads/?mount=sha256:00&from=you/base", ",scope=\"repository:me/app:pull,push repository:you/base:pull\"")]
    [InlineData("DELETE", "/v2/me/app/manifests/latest", ",scope=\"repository:me/app:delete\"")]
    [InlineData("POST", "/v2/library/python/blobs/uploads/", ",scope=\"repository:library/python:pull,push\"")]
    public async Task A_refusal_says_where_to_get_a_token_and_for_what(string method, string path, string scope)
    {
        var response = await _hub.SendAsync(method, path, who: null);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.GetValues("WWW-Authenticate").Single().ShouldBe($"Bearer realm=\"http://{_hub.Registry}/token\",service=\"{_hub.Registry}\"{scope}");
    }

    [Fact]
    public async Task A_token_for_less_is_told_so_and_one_that_is_none_too()
    {
        var pull = await _hub.TokenAsync(HubHost.Basic("me", "my password"), "repository:me/app:pull");
        (await _hub.SendAsync("GET", "/v2/", pull)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _hub.SendAsync("GET", "/v2/me/app/manifests/latest", pull)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ErrorAsync("POST", "/v2/me/app/blobs/uploads/", pull)).ShouldBe("insufficient_scope");
        (await ErrorAsync("GET", "/v2/me/other/tags/list", pull)).ShouldBe("insufficient_scope");
        (await ErrorAsync("GET", "/v2/_catalog", pull)).ShouldBe("insufficient_scope");
        (await ErrorAsync("GET", "/v2/", new("Bearer", "nonsense"))).ShouldBe("invalid_token");
    }

    [Fact]
    public async Task A_password_does_without_a_token()
    {
        var (me, wrong) = (HubHost.Basic("me", "my password"), HubHost.Basic("me", "wrong"));
        (await _hub.SendAsync("GET", "/v2/", me)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _hub.SendAsync("GET", "/v2/me/app/manifests/latest", me)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _hub.SendAsync("GET", "/v2/me/app/manifests/latest", wrong)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await _hub.SendAsync("POST", "/v2/you/app/blobs/uploads/", me)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _hub.SendAsync("POST", "/v2/library/app/blobs/uploads/", me)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _hub.SendAsync("POST", "/v2/library/app/blobs/uploads/", HubHost.Basic("publisher", _hub.Secret))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await _hub.SendAsync("POST", "/v2/you/app/blobs/uploads/", HubHost.Basic("publisher", _hub.Secret))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _hub.SendAsync("POST", "/v2/you/app/blobs/uploads/", HubHost.Basic("admin", _hub.AdminPassword))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_public_address_takes_the_place_of_what_the_request_says()
    {
        await using var hub = await HubHost.WithAccountsAsync(new AuthOptions { PublicUrl = new Uri("https://hub.example.com:8443") });
        var response = await hub.SendAsync("GET", "/v2/", who: null);
        response.Headers.GetValues("WWW-Authenticate").Single().ShouldBe("Bearer realm=\"https://hub.example.com:8443/token\",service=\"hub.example.com:8443\"");
        var (status, json) = await hub.CallAsync("GET", "/token?service=hub.example.com:8443", HubHost.Basic("admin", hub.AdminPassword));
        status.ShouldBe(HttpStatusCode.OK);
        (await hub.SendAsync("GET", "/v2/", new("Bearer", json.GetProperty("token").GetString()))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<string> ErrorAsync(string method, string path, AuthenticationHeaderValue who)
    {
        var response = await _hub.SendAsync(method, path, who);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var challenge = response.Headers.GetValues("WWW-Authenticate").Single();
        return challenge.Split("error=\"")[1].TrimEnd('"');
    }
}
