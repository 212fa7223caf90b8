using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Hub.Tests;

/// <summary>Signatures and bills of materials of mirrored images.</summary>
public sealed class MirrorReferrerTests : IAsyncLifetime
{
    private const string Signature = "application/x-signature";
    private readonly Clock _clock = new();
    private Upstream _upstream = null!;
    private HubHost _hub = null!;
    private Digest _image;

    public async ValueTask InitializeAsync()
    {
        _upstream = await Upstream.StartAsync();
        _hub = await HubHost.StartAsync([new MirrorOptions { Registry = _upstream.Registry, Name = "far", IsDefault = true }], s => s.AddSingleton<TimeProvider>(_clock));
        _image = await _upstream.Hub.PushAsync("team/app");
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Those_that_upstream_has_are_listed_filtered_and_can_be_pulled()
    {
        var (signature, other) = (await SignAsync(Signature), await SignAsync("application/x-other"));
        (await ListAsync()).ShouldBe(new[] { signature, other }.OrderBy(d => d.ToString(), StringComparer.Ordinal));
        (await ListAsync($"?artifactType={Uri.EscapeDataString(Signature)}")).ShouldBe([signature]);
        Digest.Of(await _hub.Client.GetByteArrayAsync($"/v2/far/team/app/manifests/{signature}")).ShouldBe(signature);
        _upstream.Asked("GET /v2/team/app/referrers/").ShouldBe(1);
        // A client that takes the hub for the registry itself leaves the mirror's name out.
        (await ListAsync($"?ns={_upstream.Registry}", repository: "team/app")).Length.ShouldBe(2);
    }

    [Fact]
    public async Task News_are_seen_after_the_refresh_time()
    {
        (await ListAsync()).ShouldBeEmpty();
        var signature = await SignAsync(Signature);
        (await ListAsync()).ShouldBeEmpty();
        _clock.Pass(new MirrorOptions().Refresh);
        (await ListAsync()).ShouldBe([signature]);
    }

    [Fact]
    public async Task A_registry_without_the_end_point_has_them_under_a_tag()
    {
        var signature = await SignAsync(Signature);
        _upstream.Fault = static context => IsReferrers(context) ? NotFoundAsync(context) : Task.FromResult(false);
        (await ListAsync()).ShouldBeEmpty();
        var size = (await _upstream.Hub.Client.GetByteArrayAsync($"/v2/team/app/manifests/{signature}")).Length;
        var index = new ImageIndex
        {
            MediaType = MediaTypes.OciIndex,
            Manifests = [new Descriptor { MediaType = MediaTypes.OciManifest, Digest = signature, Size = size, ArtifactType = Signature }],
        };
        await _upstream.Hub.PutManifestAsync("team/app", $"sha256-{_image.Hex}", index.ToBytes(), MediaTypes.OciIndex);
        _clock.Pass(new MirrorOptions().Refresh);
        (await ListAsync()).ShouldBe([signature]);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task What_is_known_is_served_while_upstream_has_no_answer(int status)
    {
        var signature = await SignAsync(Signature);
        (await ListAsync()).ShouldBe([signature]);
        _clock.Pass(new MirrorOptions().Refresh);
        _upstream.Fault = _upstream.Answering(status);
        var asked = _upstream.Asked("GET /v2/team/app/referrers/");
        for (var i = 0; i < 3; i++)
        {
            var answer = await _hub.Client.GetAsync(PathOf("far/team/app"));
            answer.Headers.Warning.ToString().ShouldContain("111");
            DigestsIn(await answer.Content.ReadAsStringAsync()).ShouldBe([signature]);
        }
        // Once, and once more after a pause; then it is left alone for a while.
        (_upstream.Asked("GET /v2/team/app/referrers/") - asked).ShouldBe(2);
    }

    [Fact]
    public async Task Those_that_are_here_are_listed_where_upstream_never_had_an_answer()
    {
        var signature = await SignAsync(Signature);
        await SignAsync("application/x-other");
        _upstream.Fault = static context =>
        {
            if (!IsReferrers(context)) return Task.FromResult(false);
            context.Response.StatusCode = 500;
            return Task.FromResult(true);
        };
        (await _hub.Client.GetAsync(PathOf("far/team/app"))).StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        await _hub.Client.GetByteArrayAsync($"/v2/far/team/app/manifests/{signature}");
        (await ListAsync()).ShouldBe([signature]);
    }

    private static bool IsReferrers(HttpContext context) => context.Request.Path.Value!.Contains("/referrers/", StringComparison.Ordinal);

    private static Task<bool> NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = 404;
        return Task.FromResult(true);
    }

    private string PathOf(string repository) => $"/v2/{repository}/referrers/{_image}";

    private async Task<Digest[]> ListAsync(string query = "", string repository = "far/team/app") =>
        DigestsIn((await _hub.JsonAsync(PathOf(repository) + query)).GetRawText());

    private static Digest[] DigestsIn(string json) =>
        [.. JsonDocument.Parse(json).RootElement.GetProperty("manifests").EnumerateArray().Select(m => Digest.Parse(m.GetProperty("digest").GetString()!))];

    /// <summary>Pushes something to upstream that refers to the image.</summary>
    private async Task<Digest> SignAsync(string type)
    {
        var image = Manifest.Parse(await _upstream.Hub.Client.GetByteArrayAsync($"/v2/team/app/manifests/{_image}"));
        var subject = new Descriptor { MediaType = MediaTypes.OciManifest, Digest = _image, Size = 1 };
        var manifest = new Manifest { MediaType = MediaTypes.OciManifest, ArtifactType = type, Config = image.Config, Layers = image.Layers, Subject = subject }.ToBytes();
        await _upstream.Hub.PutManifestAsync("team/app", Digest.Of(manifest).ToString(), manifest, MediaTypes.OciManifest);
        return Digest.Of(manifest);
    }
}
