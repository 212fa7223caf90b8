using System.Net;
using System.Net.Http.Headers;
using Strata.Oci;

namespace Strata.Hub.Tests;

/// <summary>Who finds, lists, mounts and pulls what.</summary>
public sealed class VisibilityTests : IAsyncLifetime
{
    private static readonly AuthenticationHeaderValue Me = HubHost.Basic("me", "my password");
    private static readonly AuthenticationHeaderValue You = HubHost.Basic("you", "your password");
    private HubHost _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubHost.WithAccountsAsync();
        _hub.Accounts.AddUser("me", "my password", isAdministrator: false);
        _hub.Accounts.AddUser("you", "your password", isAdministrator: false);
        await _hub.PushAsync("me/open", who: Me);
        await _hub.PushAsync("me/closed", who: Me);
        await _hub.PushAsync("library/app");
        _hub.Accounts.SetVisibility("me/open", Visibility.Public);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData("me", "library/app", "me/closed", "me/open")]
    [InlineData("admin", "library/app", "me/closed", "me/open")]
    [InlineData("you", "library/app", "me/open")]
    [InlineData("publisher", "library/app", "me/open")]
    [InlineData("", "library/app", "me/open")]
    public async Task Lists_name_what_somebody_may_see(string who, params string[] expected)
    {
        var basic = who switch
        {
            "me" => Me,
            "you" => You,
            "admin" => HubHost.Basic("admin", _hub.AdminPassword),
            "publisher" => HubHost.Basic("publisher", _hub.Secret),
            _ => null,
        };
        var catalogue = await _hub.TokenAsync(basic, "registry:catalog:*");
        (await ListAsync("/v2/_catalog", catalogue, "repositories", name: null)).ShouldBe(expected);
        foreach (var (path, list) in ((string, string)[])[("/v1/search?q=", "results"), ("/api/v1/search?q=", "results")])
        {
            (await ListAsync(path, basic, list, "name")).ShouldBe(expected, ignoreOrder: true);
            (await ListAsync(path, catalogue, list, "name")).ShouldBe(expected, ignoreOrder: true);
        }
        foreach (var name in (string[])["me/open", "me/closed", "library/app"])
        {
            var seen = expected.Contains(name);
            (await _hub.SendAsync("GET", "/api/v1/repositories/" + name, basic)).StatusCode.ShouldBe(seen ? HttpStatusCode.OK : HttpStatusCode.NotFound);
            (await _hub.SendAsync("GET", $"/v2/{name}/tags/list", await _hub.TokenAsync(basic, $"repository:{name}:pull"))).StatusCode
                .ShouldBe(seen ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
        }
        if (basic is null) return;
        (await ListAsync("/v2/_catalog", basic, "repositories", name: null)).ShouldBe(expected);
        (await _hub.SendAsync("GET", "/v1/_ping", basic)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_for_one_repository_shows_no_other_private_one()
    {
        var token = await _hub.TokenAsync(Me, "repository:me/open:pull");
        (await ListAsync("/v1/search?q=", token, "results", "name")).ShouldBe(["library/app", "me/open"], ignoreOrder: true);
        token = await _hub.TokenAsync(Me, "repository:me/closed:pull");
        (await ListAsync("/v1/search?q=", token, "results", "name")).ShouldBe(["library/app", "me/open", "me/closed"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_blob_is_mounted_from_where_one_may_read()
    {
        var closed = Digest.Of("layer of me/closed"u8.ToArray());
        var open = Digest.Of("layer of me/open"u8.ToArray());
        (await MountAsync("you/app", closed, "me/closed", You)).ShouldBe(HttpStatusCode.Accepted);
        (await MountAsync("you/app", closed, "", You)).ShouldBe(HttpStatusCode.Accepted);
        (await MountAsync("you/app", open, "me/open", You)).ShouldBe(HttpStatusCode.Created);
        var token = await _hub.TokenAsync(You, "repository:you/b:pull,push", "repository:me/closed:pull");
        (await MountAsync("you/b", closed, "me/closed", token)).ShouldBe(HttpStatusCode.Accepted);
        (await MountAsync("you/b", closed, "", token)).ShouldBe(HttpStatusCode.Accepted);
        (await MountAsync("you/b", open, "", token)).ShouldBe(HttpStatusCode.Created);
        // One's own, by a token that does not say so: the client is told what to ask for.
        var narrow = await _hub.SendAsync(
            "POST", $"/v2/me/b/blobs/uploads/?mount={closed}&from=me/closed", await _hub.TokenAsync(Me, "repository:me/b:pull,push"));
        narrow.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        narrow.Headers.WwwAuthenticate.ToString().ShouldContain("scope=\"repository:me/b:pull,push repository:me/closed:pull\",error=\"insufficient_scope\"");
        (await MountAsync("me/b", closed, "me/closed", await _hub.TokenAsync(Me, "repository:me/b:pull,push", "repository:me/closed:pull"))).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Its_owner_says_who_sees_a_repository()
    {
        const string path = "/api/v1/accounts/repositories/me/closed";
        (await _hub.CallAsync("PUT", path, You, new { visibility = "public" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _hub.CallAsync("GET", path, You)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _hub.CallAsync("PUT", path, Me, new { visibility = "secret" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await _hub.CallAsync("PUT", "/api/v1/accounts/repositories/library/app", HubHost.Basic("admin", _hub.AdminPassword), new { visibility = "private" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        var (status, json) = await _hub.CallAsync("PUT", path, Me, new { visibility = "public" });
        (status, json.GetProperty("visibility").GetString(), json.GetProperty("name").GetString()).ShouldBe((HttpStatusCode.OK, "public", "me/closed"));
        (await _hub.SendAsync("GET", "/v2/me/closed/tags/list", who: null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await _hub.CallAsync("PUT", path, Me, new { visibility = "private" });
        (await _hub.SendAsync("GET", "/v2/me/closed/tags/list", who: null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<HttpStatusCode> MountAsync(string repository, Digest digest, string from, AuthenticationHeaderValue who) =>
        (await _hub.SendAsync("POST", $"/v2/{repository}/blobs/uploads/?mount={digest}" + (from.Length > 0 ? $"&from={from}" : ""), who)).StatusCode;

    private async Task<string[]> ListAsync(string path, AuthenticationHeaderValue? who, string list, string? name)
    {
        var (status, json) = await _hub.CallAsync("GET", path, who);
        status.ShouldBe(HttpStatusCode.OK, path);
        return [.. json.GetProperty(list).EnumerateArray().Select(e => (name is null ? e : e.GetProperty(name)).GetString()!)];
    }
}
