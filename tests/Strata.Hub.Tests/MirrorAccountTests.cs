using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Strata.Oci;

namespace Strata.Hub.Tests;

/// <summary>A mirror of a registry with accounts, in a hub with accounts.</summary>
public sealed class MirrorAccountTests : IAsyncLifetime
{
    private const string Password = "a good password";
    private const string Manifest = "/v2/far/team/app/manifests/latest";
    private readonly string _folder = Directory.CreateTempSubdirectory("strata-hub-").FullName;
    private HubHost _upstream = null!;
    private Digest _image;

    private static byte[] Layer { get; } = Encoding.UTF8.GetBytes("layer of team/app");

    public async ValueTask InitializeAsync()
    {
        _upstream = await HubHost.WithAccountsAsync();
        _upstream.Accounts.AddUser("team", Password, isAdministrator: false);
        _image = await _upstream.PushAsync("team/app", who: HubHost.Basic("team", Password));
    }

    public async ValueTask DisposeAsync()
    {
        await _upstream.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_the_mirrors_account_may_pull_all_who_have_an_account_here_may()
    {
        await using var hub = await MirroringAsync("team", Password);
        hub.Accounts.AddUser("bob", Password, isAdministrator: false);
        var bob = HubHost.Basic("bob", Password);

        (await hub.SendAsync("GET", Manifest, who: null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var who in (AuthenticationHeaderValue[])[bob, await hub.TokenAsync(bob, "repository:far/team/app:pull")])
        {
            Digest.Of(await BytesAsync(hub, Manifest, who)).ShouldBe(_image);
            (await BytesAsync(hub, $"/v2/far/team/app/blobs/{Digest.Of(Layer)}", who)).ShouldBe(Layer);
            (await hub.SendAsync("GET", $"/v2/far/team/app/referrers/{_image}", who)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        // A client that takes the hub for the registry itself asks for a token under the name that it knows.
        (await hub.SendAsync("GET", "/v2/team/app/manifests/latest", await hub.TokenAsync(bob, "repository:team/app:pull"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await hub.SendAsync("POST", "/v2/far/team/app/blobs/uploads/", HubHost.Basic("admin", hub.AdminPassword))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_is_public_here_needs_no_account_and_only_that()
    {
        await using var hub = await MirroringAsync("team", Password);
        hub.Accounts.SetVisibility("far/team/app", Visibility.Public);
        await _upstream.PushAsync("team/other", who: HubHost.Basic("team", Password));
        Digest.Of(await BytesAsync(hub, Manifest, who: null)).ShouldBe(_image);
        (await hub.SendAsync("GET", "/v2/far/team/other/manifests/latest", who: null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("team", "a wrong password")]
    public async Task Without_the_right_account_upstream_shows_nothing(string? user, string? password)
    {
        await using var hub = await MirroringAsync(user, password);
        var admin = HubHost.Basic("admin", hub.AdminPassword);
        (await hub.SendAsync("GET", Manifest, admin)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await hub.SendAsync("GET", $"/v2/far/team/app/blobs/{Digest.Of(Layer)}", admin)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_upstream_takes_from_the_mirrors_account_is_gone_here_when_it_is_asked_for_again()
    {
        var clock = new Strata.Testing.Clock();
        await using var hub = await MirroringAsync("team", Password, clock);
        var admin = HubHost.Basic("admin", hub.AdminPassword);
        (await hub.SendAsync("GET", Manifest, admin)).StatusCode.ShouldBe(HttpStatusCode.OK);
        _upstream.Accounts.SetPassword("team", "another good password");
        clock.Pass(new MirrorOptions().Refresh);
        (await hub.SendAsync("GET", Manifest, admin)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private Task<HubHost> MirroringAsync(string? user, string? password, TimeProvider? time = null) => HubHost.StartAsync(
        _folder, ownsFolder: true, [new MirrorOptions { Registry = _upstream.Registry, Name = "far", IsDefault = true, User = user, Password = password }],
        s => s.AddSingleton(time ?? TimeProvider.System), new AuthOptions { Mode = AuthMode.Accounts, PasswordRounds = 1000 });

    private static async Task<byte[]> BytesAsync(HubHost hub, string path, AuthenticationHeaderValue? who)
    {
        using var response = await hub.SendAsync("GET", path, who);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await response.Content.ReadAsByteArrayAsync();
    }
}
