using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Strata.Hub.Tests;

/// <summary>The token service, by distribution's token spec and its OAuth2 variant.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private HubHost _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubHost.WithAccountsAsync(time: _time);
        _hub.Accounts.AddUser("me", "my password", isAdministrator: false).ShouldBe(AccountOutcome.Done);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_token_says_what_the_spec_wants_and_no_more_than_its_bearer_may()
    {
        var (status, json) = await _hub.CallAsync("GET",
            $"/token?service={_hub.Registry}&account=me&client_id=test&scope=repository:me/app:pull,push&scope=repository:you/app:push repository:me/x:*,delete registry:catalog:* plan:x:y nonsense",
            HubHost.Basic("me", "my password"));
        status.ShouldBe(HttpStatusCode.OK);
        json.GetProperty("access_token").GetString().ShouldBe(json.GetProperty("token").GetString());
        json.GetProperty("expires_in").GetInt32().ShouldBe(300);
        json.GetProperty("issued_at").GetString().ShouldBe("2030-01-02T03:04:05Z");
        json.TryGetProperty("refresh_token", out _).ShouldBeFalse();
        var token = new JsonWebToken(json.GetProperty("token").GetString());
        (token.Alg, token.Typ, token.Issuer, token.Subject, token.Audiences.Single()).ShouldBe(("HS256", "JWT", "strata-hub", "me", _hub.Registry));
        token.Kid.ShouldNotBeEmpty();
        token.Id.ShouldNotBeEmpty();
        token.ValidFrom.ShouldBe(_time.GetUtcNow().UtcDateTime);
        token.ValidTo.ShouldBe(_time.GetUtcNow().UtcDateTime.AddMinutes(5));
        AccessOf(token).ShouldBe(["repository:me/app:pull,push", "repository:me/x:pull,push,delete", "registry:catalog:*"]);
    }

    [Fact]
    public async Task Nobody_gets_a_token_for_what_is_public()
    {
        _hub.Accounts.SetVisibility("me/open", Visibility.Public);
        var bearer = await _hub.TokenAsync(who: null, "repository:me/open:pull,push", "repository:me/closed:pull", "repository:library/python:pull,push", "registry:catalog:*");
        var token = new JsonWebToken(bearer.Parameter);
        token.Subject.ShouldBe("");
        AccessOf(token).ShouldBe(["repository:me/open:pull", "repository:library/python:pull", "registry:catalog:*"]);
        // Clients that have no credentials may send empty ones.
        AccessOf(new JsonWebToken((await _hub.TokenAsync(HubHost.Basic("", ""), "repository:me/open:pull")).Parameter)).ShouldBe(["repository:me/open:pull"]);
    }

    [Theory]
    [InlineData("me", "wrong")]
    [InlineData("nobody-of-that-name", "my password")]
    [InlineData("publisher", "my password")]
    [InlineData("me", "")]
    [InlineData("", "my password")]
    public async Task Wrong_credentials_are_401_and_say_the_same_for_every_name(string user, string password)
    {
        var (status, json) = await _hub.CallAsync("GET", $"/token?service={_hub.Registry}", HubHost.Basic(user, password));
        status.ShouldBe(HttpStatusCode.Unauthorized);
        json.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe("UNAUTHORIZED");
        json.GetProperty("errors")[0].GetProperty("message").GetString().ShouldBe("wrong user name or password");
        (await FormAsync(("grant_type", "password"), ("username", user), ("password", password))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_of_another_service_is_not_made_here()
    {
        (await _hub.CallAsync("GET", "/token?service=other.example", who: null)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await FormAsync(("grant_type", "magic"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await _hub.CallAsync("POST", "/token", who: null, new { grant_type = "password" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await FormAsync(("grant_type", "password"), ("username", new string('x', 100_000)))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_refresh_token_does_for_the_password_until_that_changes()
    {
        var (_, given) = await FormAsync(
            ("grant_type", "password"), ("username", "me"), ("password", "my password"), ("access_type", "offline"), ("client_id", "test"),
            ("service", _hub.Registry), ("scope", "repository:me/app:pull repository:me/b:push"));
        AccessOf(new JsonWebToken(given.GetProperty("access_token").GetString())).ShouldBe(["repository:me/app:pull", "repository:me/b:push"]);
        var refresh = given.GetProperty("refresh_token").GetString()!;
        var (status, again) = await RefreshAsync(refresh);
        status.ShouldBe(HttpStatusCode.OK);
        again.GetProperty("refresh_token").GetString().ShouldBe(refresh);
        // Not with the others in clear, wherever somebody looks.
        foreach (var file in Directory.EnumerateFiles(_hub.Folder, "hub.db*"))
            System.Text.Encoding.Latin1.GetString(await ReadAsync(file)).ShouldNotContain(refresh);

        _hub.Accounts.SetPassword("me", "another password");
        var (refused, answer) = await RefreshAsync(refresh);
        refused.ShouldBe(HttpStatusCode.Unauthorized);
        answer.GetProperty("error").GetString().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_refresh_token_that_nobody_uses_ends()
    {
        var (_, given) = await _hub.CallAsync("GET", $"/token?service={_hub.Registry}&offline_token=true&client_id=test", HubHost.Basic("me", "my password"));
        var refresh = given.GetProperty("refresh_token").GetString()!;
        _time.Advance(TimeSpan.FromDays(89));
        (await RefreshAsync(refresh)).Status.ShouldBe(HttpStatusCode.OK);
        _time.Advance(TimeSpan.FromDays(90));
        (await RefreshAsync(refresh)).Status.ShouldBe(HttpStatusCode.OK);
        _time.Advance(TimeSpan.FromDays(90) + TimeSpan.FromSeconds(1));
        (await RefreshAsync(refresh)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        // Nobody has nothing to refresh.
        (await _hub.CallAsync("GET", $"/token?service={_hub.Registry}&offline_token=true", who: null)).Json.TryGetProperty("refresh_token", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_key_is_kept_for_the_owner_alone_and_tokens_outlive_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("strata-hub-").FullName;
        var auth = new AuthOptions { Mode = AuthMode.Accounts, PasswordRounds = 1000 };
        string token;
        await using (var first = await HubHost.StartAsync(folder, ownsFolder: false, auth: auth))
            token = (await first.TokenAsync(HubHost.Basic("admin", first.AdminPassword))).Parameter!;
        File.GetUnixFileMode(Path.Combine(folder, "token-key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Path.Combine(folder, "admin-password")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using var second = await HubHost.StartAsync(folder, ownsFolder: true, auth: auth);
        (await second.Signer.ReadAsync(token)).ShouldNotBeNull();
    }

    private static string[] AccessOf(JsonWebToken token)
    {
        using var payload = JsonDocument.Parse(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(token.EncodedPayload));
        return [.. payload.RootElement.GetProperty("access").EnumerateArray().Select(a =>
            $"{a.GetProperty("type")}:{a.GetProperty("name")}:{string.Join(',', a.GetProperty("actions").EnumerateArray())}")];
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        return content.ToArray();
    }

    private Task<(HttpStatusCode Status, JsonElement Json)> RefreshAsync(string token) =>
        FormAsync(("grant_type", "refresh_token"), ("refresh_token", token), ("service", _hub.Registry), ("client_id", "test"));

    private async Task<(HttpStatusCode Status, JsonElement Json)> FormAsync(params (string Key, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Key, f.Value)));
        var response = await _hub.Client.PostAsync("/token", form);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
