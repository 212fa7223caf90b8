using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Strata.Hub.Tests;

/// <summary>Tokens that somebody made or changed: each is 401, and none is a fault of the hub.</summary>
public sealed class HostileTokenTests : IAsyncLifetime
{
    private const string Path = "/v2/me/app/tags/list";
    private readonly ManualTime _time = new();
    private HubHost _hub = null!;
    private string _good = "";

    public async ValueTask InitializeAsync()
    {
        _hub = await HubHost.WithAccountsAsync(time: _time);
        _hub.Accounts.AddUser("me", "my password", isAdministrator: false);
        await _hub.PushAsync("me/app", who: HubHost.Basic("me", "my password"));
        _good = (await _hub.TokenAsync(HubHost.Basic("me", "my password"), "repository:me/app:pull")).Parameter!;
        (await StatusAsync(_good)).ShouldBe(HttpStatusCode.OK);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Without_a_signature_a_token_says_nothing()
    {
        var parts = _good.Split('.');
        foreach (var alg in (string[])["none", "None", "NONE", ""])
        {
            var header = Encode($$"""{"alg":"{{alg}}","typ":"JWT"}""");
            foreach (var token in (string[])[$"{header}.{parts[1]}.", $"{header}.{parts[1]}.{parts[2]}", $"{header}.{parts[1]}"])
                (await StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized, alg);
        }
        (await StatusAsync($"{parts[0]}.{parts[1]}.")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Any_changed_character_spoils_a_token()
    {
        for (var i = 0; i < _good.Length; i += 7)
        {
            // The last bits of a part's last character may mean nothing.
            if (i + 1 == _good.Length || _good[i + 1] == '.') continue;
            var changed = _good[..i] + (_good[i] == 'A' ? 'B' : 'A') + _good[(i + 1)..];
            (await StatusAsync(changed)).ShouldBe(HttpStatusCode.Unauthorized, changed);
        }
    }

    [Fact]
    public async Task The_right_key_is_known_by_its_id_and_another_key_by_nothing()
    {
        var key = Base64UrlEncoder.DecodeBytes((await File.ReadAllTextAsync(System.IO.Path.Combine(_hub.Folder, "token-key"))).Trim());
        var kid = new JsonWebToken(_good).Kid;
        (await StatusAsync(Sign(key, kid))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(Sign(key, "another"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(Sign(new byte[32], kid))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(Sign(key, kid, SecurityAlgorithms.HmacSha512))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(Sign(key, kid, change: c => c["aud"] = "other.example:5000"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(Sign(key, kid, change: c => c["iss"] = "somebody"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(Sign(key, kid, change: c => c["sub"] = "you"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(Sign(key, kid, change: c => c["nbf"] = c["exp"]!.GetValue<long>() - 1))).ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var claim in (string[])["iss", "sub", "aud", "exp", "credential", "access"])
            (await StatusAsync(Sign(key, kid, change: c => c.Remove(claim)))).ShouldBe(HttpStatusCode.Unauthorized, claim);
        foreach (var claim in (string[])["exp", "nbf", "sub", "aud", "access"])
            (await StatusAsync(Sign(key, kid, change: c => c[claim] = new JsonObject { ["x"] = 1 }))).ShouldBe(HttpStatusCode.Unauthorized, claim);
    }

    [Fact]
    public async Task A_token_is_good_until_just_before_its_end()
    {
        _time.Advance(TimeSpan.FromSeconds(299));
        (await StatusAsync(_good)).ShouldBe(HttpStatusCode.OK);
        _time.Advance(TimeSpan.FromSeconds(1));
        (await StatusAsync(_good)).ShouldBe(HttpStatusCode.Unauthorized);
        _time.Advance(TimeSpan.FromSeconds(-301));
        (await StatusAsync(_good)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d.e")]
    [InlineData("eyJ.eyJ.eyJ")]
    [InlineData("%00")]
    public async Task What_is_no_token_is_401(string token) => (await StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task Long_ones_are_401_too()
    {
        var parts = _good.Split('.');
        foreach (var length in (int[])[15_000, 17_000, 30_000])
            (await StatusAsync($"{parts[0]}.{new string('A', length)}.{parts[2]}")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(new string('.', 10_000))).ShouldBe(HttpStatusCode.Unauthorized);
        var deep = Encode(new string('[', 5000) + new string(']', 5000));
        (await StatusAsync($"{deep}.{deep}.{parts[2]}")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static string Encode(string json) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(json));

    /// <summary>The good token's claims, changed, and signed anew.</summary>
    private string Sign(byte[] key, string kid, string algorithm = SecurityAlgorithms.HmacSha256, Action<JsonObject>? change = null)
    {
        var claims = JsonNode.Parse(Base64UrlEncoder.Decode(_good.Split('.')[1]))!.AsObject();
        change?.Invoke(claims);
        // SHA-512 wants a longer key; zeros at its end are the same key.
        if (algorithm != SecurityAlgorithms.HmacSha256) key = [.. key, .. new byte[32]];
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            claims.ToJsonString(), new SigningCredentials(new SymmetricSecurityKey(key) { KeyId = kid }, algorithm));
    }

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token).ShouldBeTrue();
        return (await _hub.Client.SendAsync(request)).StatusCode;
    }
}
