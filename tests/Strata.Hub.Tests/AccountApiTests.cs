using System.Net;
using System.Net.Http.Headers;

namespace Strata.Hub.Tests;

/// <summary>The API of the accounts: who may change what, and what it says.</summary>
public sealed class AccountApiTests : IAsyncLifetime
{
    private const string Api = "/api/v1/accounts";
    private static readonly AuthenticationHeaderValue Me = HubHost.Basic("me", "my password");
    private static readonly AuthenticationHeaderValue You = HubHost.Basic("you", "your password");
    private HubHost _hub = null!;

    private AuthenticationHeaderValue Admin => HubHost.Basic("admin", _hub.AdminPassword);

    public async ValueTask InitializeAsync()
    {
        _hub = await HubHost.WithAccountsAsync();
        foreach (var (name, password) in ((string, string)[])[("me", "my password"), ("you", "your password")])
            (await CallAsync("POST", "/users", Admin, new { name, password })).ShouldBe(HttpStatusCode.Created);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Users_see_and_change_their_own_and_administrators_everybodys()
    {
        (await NamesAsync("/users", Admin)).ShouldBe(["admin", "me", "you"]);
        (await NamesAsync("/users", Me)).ShouldBe(["me"]);
        (await CallAsync("POST", "/users", Me, new { name = "more", password = "long enough" })).ShouldBe(HttpStatusCode.Forbidden);
        (await CallAsync("DELETE", "/users/you", Me)).ShouldBe(HttpStatusCode.Forbidden);
        (await CallAsync("PUT", "/users/you/password", Me, new { password = "long enough" })).ShouldBe(HttpStatusCode.Forbidden);
        (await CallAsync("GET", "/users/you/tokens", Me)).ShouldBe(HttpStatusCode.Forbidden);
        (await CallAsync("PUT", "/users/me/password", Me, new { password = "my new password" })).ShouldBe(HttpStatusCode.NoContent);
        (await CallAsync("GET", "/users", Me)).ShouldBe(HttpStatusCode.Unauthorized);
        (await CallAsync("DELETE", "/users/me", Admin)).ShouldBe(HttpStatusCode.NoContent);
        (await CallAsync("DELETE", "/users/me", Admin)).ShouldBe(HttpStatusCode.NotFound);
        (await CallAsync("DELETE", "/users/admin", Admin)).ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("library")]
    [InlineData("publisher")]
    [InlineData("x")]
    [InlineData("Anna")]
    [InlineData("a--b")]
    [InlineData("-ab")]
    [InlineData("a/b")]
    [InlineData("")]
    public async Task Not_every_name_can_be_had(string name)
    {
        (await CallAsync("POST", "/users", Admin, new { name, password = "long enough" })).ShouldBe(HttpStatusCode.BadRequest);
        (await CallAsync("POST", "/organisations", Admin, new { name })).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(7, HttpStatusCode.BadRequest)]
    [InlineData(8, HttpStatusCode.Created)]
    [InlineData(256, HttpStatusCode.Created)]
    [InlineData(257, HttpStatusCode.BadRequest)]
    public async Task A_password_has_8_to_256_characters(int length, HttpStatusCode status) =>
        (await CallAsync("POST", "/users", Admin, new { name = "more", password = new string('p', length) })).ShouldBe(status);

    [Fact]
    public async Task A_name_is_a_users_or_an_organisations()
    {
        (await CallAsync("POST", "/organisations", Admin, new { name = "me" })).ShouldBe(HttpStatusCode.Conflict);
        (await CallAsync("POST", "/organisations", Admin, new { name = "team" })).ShouldBe(HttpStatusCode.NoContent);
        (await CallAsync("POST", "/users", Admin, new { name = "team", password = "long enough" })).ShouldBe(HttpStatusCode.Conflict);
        (await CallAsync("POST", "/users", Admin, new { name = "you", password = "long enough" })).ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Members_do_what_their_role_says_from_that_moment()
    {
        await CallAsync("POST", "/organisations", Admin, new { name = "team" });
        await _hub.PushAsync("team/app", who: Admin);
        var token = await _hub.TokenAsync(Me, "repository:team/app:*");
        (await DoAsync("GET", Me)).ShouldBe(HttpStatusCode.Forbidden);
        foreach (var (role, pull, push) in ((string, HttpStatusCode, HttpStatusCode)[])
        [
            ("reader", HttpStatusCode.OK, HttpStatusCode.Forbidden),
            ("editor", HttpStatusCode.OK, HttpStatusCode.Accepted),
            ("owner", HttpStatusCode.OK, HttpStatusCode.Accepted),
        ])
        {
            (await CallAsync("PUT", "/organisations/team/members/me", Admin, new { role })).ShouldBe(HttpStatusCode.NoContent);
            (await DoAsync("GET", Me)).ShouldBe(pull);
            (await DoAsync("POST", Me)).ShouldBe(push);
            // What was given before says no more than it did.
            (await DoAsync("GET", token)).ShouldBe(HttpStatusCode.Unauthorized);
        }
        (await CallAsync("PUT", "/organisations/team/members/you", Me, new { role = "reader" })).ShouldBe(HttpStatusCode.NoContent);
        (await CallAsync("PUT", "/organisations/team/members/you", You, new { role = "owner" })).ShouldBe(HttpStatusCode.Forbidden);
        (await CallAsync("PUT", "/organisations/team/members/nobody", Me, new { role = "reader" })).ShouldBe(HttpStatusCode.NotFound);
        (await CallAsync("PUT", "/organisations/team/members/you", Me, new { role = "king" })).ShouldBe(HttpStatusCode.BadRequest);
        token = await _hub.TokenAsync(Me, "repository:team/app:*");
        (await DoAsync("POST", token)).ShouldBe(HttpStatusCode.Accepted);
        (await CallAsync("DELETE", "/organisations/team/members/me", Admin)).ShouldBe(HttpStatusCode.NoContent);
        (await DoAsync("POST", token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await CallAsync("DELETE", "/organisations/team", Admin)).ShouldBe(HttpStatusCode.NoContent);
        (await DoAsync("GET", You)).ShouldBe(HttpStatusCode.Forbidden);

        async Task<HttpStatusCode> DoAsync(string method, AuthenticationHeaderValue who) =>
            (await _hub.SendAsync(method, method == "GET" ? "/v2/team/app/tags/list" : "/v2/team/app/blobs/uploads/", who)).StatusCode;
    }

    [Fact]
    public async Task A_token_reaches_as_far_as_its_scope_and_ends_when_it_is_revoked()
    {
        await _hub.PushAsync("me/app", who: Me);
        foreach (var (scope, push, admin) in ((string, HttpStatusCode, HttpStatusCode)[])
        [
            ("read", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), ("write", HttpStatusCode.Accepted, HttpStatusCode.Forbidden),
            ("admin", HttpStatusCode.Accepted, HttpStatusCode.OK),
        ])
        {
            var (status, made) = await _hub.CallAsync("POST", Api + "/users/me/tokens", Me, new { name = scope, scope, expires_in_days = 1 });
            status.ShouldBe(HttpStatusCode.Created);
            var token = HubHost.Basic("me", made.GetProperty("token").GetString()!);
            (await _hub.SendAsync("GET", "/v2/me/app/tags/list", token)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await _hub.SendAsync("POST", "/v2/me/app/blobs/uploads/", token)).StatusCode.ShouldBe(push);
            (await CallAsync("GET", "/users", token)).ShouldBe(admin);
            (await CallAsync("GET", "/users", HubHost.Basic("you", made.GetProperty("token").GetString()!))).ShouldBe(HttpStatusCode.Unauthorized);

            var bearer = await _hub.TokenAsync(token, "repository:me/app:pull");
            (await _hub.SendAsync("GET", "/v2/me/app/tags/list", bearer)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await CallAsync("DELETE", $"/users/me/tokens/{made.GetProperty("id").GetString()}", Me)).ShouldBe(HttpStatusCode.NoContent);
            (await _hub.SendAsync("GET", "/v2/me/app/tags/list", bearer)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await _hub.SendAsync("GET", "/v2/me/app/tags/list", token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
        (await CallAsync("POST", "/users/me/tokens", Me, new { name = "x", scope = "everything" })).ShouldBe(HttpStatusCode.BadRequest);
        (await CallAsync("POST", "/users/me/tokens", Me, new { name = "" })).ShouldBe(HttpStatusCode.BadRequest);
        (await CallAsync("POST", "/users/me/tokens", Me, new { name = "x", expires_in_days = 3651 })).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_is_no_JSON_is_400_and_nobody_is_401()
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("password", "from another site")]);
        using var request = new HttpRequestMessage(HttpMethod.Put, Api + "/users/me/password") { Content = form };
        request.Headers.Authorization = Me;
        (await _hub.Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await CallAsync("POST", "/users", Admin, new[] { 1 })).ShouldBe(HttpStatusCode.BadRequest);
        foreach (var who in (AuthenticationHeaderValue?[])[null, HubHost.Basic("", ""), HubHost.Basic("publisher", _hub.Secret), new("Bearer", "x"), await _hub.TokenAsync(Admin, "registry:catalog:*")])
            (await CallAsync("GET", "/users", who)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_is_written_is_there_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("strata-hub-").FullName;
        var auth = new AuthOptions { Mode = AuthMode.Accounts, PasswordRounds = 1000 };
        await using (var first = await HubHost.StartAsync(folder, ownsFolder: false, auth: auth))
        {
            first.Accounts.AddUser("me", "my password", isAdministrator: true);
            first.Accounts.AddOrganisation("team");
            first.Accounts.SetMember("team", "me", Role.Editor);
            first.Accounts.AddToken("me", "ci", TokenReach.Write, DateTimeOffset.UnixEpoch.AddDays(50_000), out _, out _);
            first.Accounts.SetVisibility("me/app", Visibility.Public);
        }
        await using var second = await HubHost.StartAsync(folder, ownsFolder: true, auth: auth);
        var state = second.Accounts.State;
        state.Accounts.Keys.ShouldBe(["admin", "me"]);
        state.Accounts["me"].IsAdministrator.ShouldBeTrue();
        var token = state.Accounts["me"].Tokens.ShouldHaveSingleItem();
        (token.Name, token.Reach, token.Expires).ShouldBe(("ci", TokenReach.Write, DateTimeOffset.UnixEpoch.AddDays(50_000)));
        state.Organisations["team"].Members["me"].ShouldBe(Role.Editor);
        state.Visibilities["me/app"].ShouldBe(Visibility.Public);
        (await second.SendAsync("GET", "/v2/", Me)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpStatusCode> CallAsync(string method, string path, AuthenticationHeaderValue? who, object? body = null) =>
        (await _hub.CallAsync(method, Api + path, who, body)).Status;

    private async Task<string[]> NamesAsync(string path, AuthenticationHeaderValue who) =>
        [.. (await _hub.CallAsync("GET", Api + path, who)).Json.EnumerateArray().Select(u => u.GetProperty("name").GetString()!)];
}
