using System.Net;
using System.Net.Http.Headers;
using Strata.Oci;

namespace Strata.Hub.Tests;

/// <summary>An upload that was let in at its start is not refused at its end because its token has expired.</summary>
public sealed class UploadExpiryTests : IAsyncLifetime
{
    private const string Uploads = "/v2/me/app/blobs/uploads/";
    private static readonly byte[] Content = "a large layer on a slow line"u8.ToArray();
    private readonly ManualTime _time = new();
    private HubHost _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubHost.WithAccountsAsync(time: _time);
        _hub.Accounts.AddUser("me", "my password", isAdministrator: false);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task It_goes_on_with_the_token_that_began_it()
    {
        var (token, location) = await BeginAsync();
        _time.Advance(TimeSpan.FromHours(3));
        (await SendAsync("PATCH", location, token, Content[..10])).ShouldBe(HttpStatusCode.Accepted);
        (await SendAsync("GET", location, token)).ShouldBe(HttpStatusCode.NoContent);
        (await SendAsync("PATCH", location, token, Content[10..])).ShouldBe(HttpStatusCode.Accepted);
        (await SendAsync("PUT", $"{location}?digest={Digest.Of(Content)}", token)).ShouldBe(HttpStatusCode.Created);
        // For all else, it is over.
        (await SendAsync("GET", $"/v2/me/app/blobs/{Digest.Of(Content)}", token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync("POST", Uploads, token)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Not_for_longer_than_uploads_live()
    {
        var (token, location) = await BeginAsync();
        _time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        (await SendAsync("PATCH", location, token, Content)).ShouldBe(HttpStatusCode.Accepted);
        _time.Advance(TimeSpan.FromSeconds(1));
        (await SendAsync("PATCH", location, token, Content)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Not_with_a_token_that_had_expired_when_it_began()
    {
        var (old, _) = await BeginAsync();
        _time.Advance(TimeSpan.FromMinutes(6));
        var (_, location) = await BeginAsync();
        (await SendAsync("PATCH", location, old, Content)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Not_with_one_that_may_only_read_or_is_of_another_repository()
    {
        var read = await _hub.TokenAsync(HubHost.Basic("me", "my password"), "repository:me/app:pull");
        var other = await _hub.TokenAsync(HubHost.Basic("me", "my password"), "repository:me/other:pull,push");
        var (_, location) = await BeginAsync();
        _time.Advance(TimeSpan.FromMinutes(6));
        (await SendAsync("PATCH", location, read, Content)).ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync("PATCH", location, other, Content)).ShouldBe(HttpStatusCode.Unauthorized);
        // An upload of a repository is none of another's, whatever the time in its name.
        (await SendAsync("PATCH", location.Replace("me/app", "me/other", StringComparison.Ordinal), other, Content)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Not_when_the_account_is_gone_or_its_password_another()
    {
        var (token, location) = await BeginAsync();
        _hub.Accounts.SetPassword("me", "another password");
        (await SendAsync("PATCH", location, token, Content)).ShouldBe(HttpStatusCode.Unauthorized);
        _time.Advance(TimeSpan.FromHours(1));
        (await SendAsync("PATCH", location, token, Content)).ShouldBe(HttpStatusCode.Unauthorized);
        _hub.Accounts.RemoveUser("me");
        _hub.Accounts.AddUser("me", "my password", isAdministrator: false);
        (await SendAsync("PATCH", location, token, Content)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<(AuthenticationHeaderValue Token, string Location)> BeginAsync()
    {
        var token = await _hub.TokenAsync(HubHost.Basic("me", "my password"), "repository:me/app:pull,push");
        var begun = await _hub.SendAsync("POST", Uploads, token);
        begun.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return (token, begun.Headers.Location!.ToString());
    }

    private async Task<HttpStatusCode> SendAsync(string method, string path, AuthenticationHeaderValue who, byte[]? content = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content is null ? null : new ByteArrayContent(content) };
        request.Headers.Authorization = who;
        return (await _hub.Client.SendAsync(request)).StatusCode;
    }
}
