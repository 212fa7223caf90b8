using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Strata.Oci;
using Strata.Registry.Server;
using Strata.Testing;

namespace Strata.Hub.Tests;

public sealed class MirrorTests : IAsyncLifetime
{
    private readonly Clock _clock = new();
    private Upstream _upstream = null!;
    private HubHost _hub = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static byte[] Layer { get; } = Encoding.UTF8.GetBytes("layer of team/app");

    private static string LayerPath { get; } = $"/v2/far/team/app/blobs/{Digest.Of(Layer)}";

    public async ValueTask InitializeAsync()
    {
        _upstream = await Upstream.StartAsync();
        var mirror = new MirrorOptions { Registry = _upstream.Registry, Name = "far", IsDefault = true };
        _hub = await HubHost.StartAsync([mirror], s => s.AddSingleton<TimeProvider>(_clock));
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task An_image_is_fetched_once_and_kept()
    {
        var digest = await _upstream.Hub.PushAsync("team/app");
        for (var i = 0; i < 3; i++)
        {
            Digest.Of(await _hub.Client.GetByteArrayAsync("/v2/far/team/app/manifests/latest", Token)).ShouldBe(digest);
            (await _hub.Client.GetByteArrayAsync(LayerPath, Token)).ShouldBe(Layer);
        }
        _upstream.Asked("GET /v2/team/app/manifests/").ShouldBe(1);
        _upstream.Asked("GET /v2/team/app/blobs/").ShouldBe(1);
    }

    [Fact]
    public async Task Many_clients_wait_for_one_fetch()
    {
        await _upstream.Hub.PushAsync("team/app");
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _hub.Client.GetByteArrayAsync(LayerPath, Token)));
        answers.ShouldAllBe(a => a.SequenceEqual(Layer));
        _upstream.Asked("GET /v2/team/app/blobs/").ShouldBe(1);
    }

    [Fact]
    public async Task Bytes_are_passed_on_while_they_come()
    {
        await _upstream.Hub.PushAsync("team/app");
        var go = new TaskCompletionSource();
        _upstream.Fault = async context =>
        {
            if (context.Request.Method != "GET" || !context.Request.Path.Value!.Contains("/blobs/", StringComparison.Ordinal)) return false;
            var content = await _upstream.RealAnswerAsync(context);
            context.Response.ContentLength = content.Length;
            await context.Response.Body.WriteAsync(content.AsMemory(0, 5));
            await context.Response.Body.FlushAsync();
            await go.Task;
            await context.Response.Body.WriteAsync(content.AsMemory(5));
            return true;
        };
        using var response = await _hub.Client.GetAsync(LayerPath, HttpCompletionOption.ResponseHeadersRead, Token);
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        var start = new byte[5];
        await body.ReadExactlyAsync(start, Token);
        start.ShouldBe(Layer[..5]);
        go.SetResult();
        using var rest = new MemoryStream();
        await body.CopyToAsync(rest, Token);
        rest.ToArray().ShouldBe(Layer[5..]);
    }

    [Fact]
    public async Task Wrong_bytes_never_pass_for_a_blob_and_are_not_kept()
    {
        await _upstream.Hub.PushAsync("team/app");
        _upstream.Fault = async context =>
        {
            if (context.Request.Method != "GET" || !context.Request.Path.Value!.Contains("/blobs/", StringComparison.Ordinal)) return false;
            await context.Response.Body.WriteAsync(new byte[Layer.Length]);
            return true;
        };
        await Should.ThrowAsync<HttpRequestException>(() => _hub.Client.GetByteArrayAsync(LayerPath, Token));
        _upstream.Fault = null;
        (await _hub.Client.GetByteArrayAsync(LayerPath, Token)).ShouldBe(Layer);
    }

    [Fact]
    public async Task A_tag_follows_upstream_after_the_refresh_time_and_is_not_asked_for_before()
    {
        var first = await _upstream.Hub.PushAsync("team/app");
        await _hub.Client.GetAsync("/v2/far/team/app/manifests/latest", Token);
        var second = await _upstream.Hub.PushAsync("team/app", description: "newer");
        Digest.Of(await _hub.Client.GetByteArrayAsync("/v2/far/team/app/manifests/latest", Token)).ShouldBe(first);
        _clock.Pass(new MirrorOptions().Refresh);
        Digest.Of(await _hub.Client.GetByteArrayAsync("/v2/far/team/app/manifests/latest", Token)).ShouldBe(second);
        _clock.Pass(new MirrorOptions().Refresh);
        await _hub.Client.GetAsync("/v2/far/team/app/manifests/latest", Token);
        // Only news are fetched; whether there are any is asked with HEAD.
        _upstream.Asked("GET /v2/team/app/manifests/").ShouldBe(2);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task What_is_here_is_served_while_upstream_has_no_answer(int status)
    {
        var digest = await _upstream.Hub.PushAsync("team/app");
        await _hub.Client.GetAsync("/v2/far/team/app/manifests/latest", Token);
        await _hub.Client.GetByteArrayAsync(LayerPath, Token);
        _clock.Pass(new MirrorOptions().Refresh);
        _upstream.Fault = _upstream.Answering(status);
        var asked = _upstream.Asked("HEAD");
        for (var i = 0; i < 3; i++)
        {
            var response = await _hub.Client.GetAsync("/v2/far/team/app/manifests/latest", Token);
            Digest.Of(await response.Content.ReadAsByteArrayAsync(Token)).ShouldBe(digest);
            response.Headers.Warning.ToString().ShouldContain("111");
        }
        // Once, and once more after a pause; then it is left alone for a while.
        (_upstream.Asked("HEAD") - asked).ShouldBe(2);
        (await _hub.Client.GetByteArrayAsync(LayerPath, Token)).ShouldBe(Layer);
        (await _hub.Client.GetAsync("/v2/far/team/other/manifests/latest", Token)).StatusCode
            .ShouldBe(status == 429 ? HttpStatusCode.TooManyRequests : HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task What_upstream_does_not_have_is_unknown_here()
    {
        await _upstream.Hub.PushAsync("team/app");
        foreach (var path in (string[])["manifests/none", $"manifests/{Digest.Of([])}", $"blobs/{Digest.Of([])}"])
            (await _hub.Client.GetAsync($"/v2/far/team/app/{path}", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        (await _hub.Client.GetAsync("/v2/far/team/none/tags/list", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_tag_that_is_gone_upstream_goes_here()
    {
        await _upstream.Hub.PushAsync("team/app");
        await _hub.Client.GetAsync("/v2/far/team/app/manifests/latest", Token);
        await _upstream.Hub.Client.DeleteAsync("/v2/team/app/manifests/latest", Token);
        _clock.Pass(new MirrorOptions().Refresh);
        (await _hub.Client.GetAsync("/v2/far/team/app/manifests/latest", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Tags_are_those_of_upstream_page_by_page()
    {
        foreach (var tag in (string[])["a", "b", "c"]) await _upstream.Hub.PushAsync("team/app", tag);
        var page = await _hub.Client.GetAsync("/v2/far/team/app/tags/list?n=2", Token);
        (await page.Content.ReadAsStringAsync(Token)).ShouldContain("[\"a\",\"b\"]");
        (await _hub.JsonAsync("/v2/far/team/app/tags/list?n=2&last=b")).GetProperty("tags").GetArrayLength().ShouldBe(1);
        _upstream.Asked("GET /v2/team/app/tags/list").ShouldBe(1);
    }

    [Fact]
    public async Task Clients_that_know_the_hub_as_a_mirror_leave_its_name_out()
    {
        var digest = await _upstream.Hub.PushAsync("team/app");
        Digest.Of(await _hub.Client.GetByteArrayAsync("/v2/team/app/manifests/latest", Token)).ShouldBe(digest);
        Digest.Of(await _hub.Client.GetByteArrayAsync($"/v2/team/app/manifests/latest?ns={_upstream.Registry}", Token)).ShouldBe(digest);
        (await _hub.Client.GetByteArrayAsync(LayerPath.Replace("far/", "", StringComparison.Ordinal), Token)).ShouldBe(Layer);

        // What is at home here goes before what is elsewhere.
        var own = await _hub.PushAsync("team/app", description: "our own");
        Digest.Of(await _hub.Client.GetByteArrayAsync("/v2/team/app/manifests/latest", Token)).ShouldBe(own);
        Digest.Of(await _hub.Client.GetByteArrayAsync("/v2/far/team/app/manifests/latest", Token)).ShouldBe(digest);
    }

    [Fact]
    public async Task Nothing_can_be_pushed_to_a_mirror()
    {
        var response = await _hub.Client.PostAsync(new Uri("/v2/far/team/app/blobs/uploads/", UriKind.Relative), content: null, Token);
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain(_upstream.Registry);
    }

    [Fact]
    public async Task What_nobody_asks_for_goes_and_comes_again_on_demand()
    {
        var digest = await _upstream.Hub.PushAsync("team/app");
        await _hub.Client.GetAsync("/v2/far/team/app/manifests/latest", Token);
        await _hub.Client.GetByteArrayAsync(LayerPath, Token);
        var maintenance = _hub.Services.GetRequiredService<IRegistryMaintenance>();
        (await maintenance.SweepMirrorsAsync(Token)).ShouldBe(0);
        (await maintenance.CollectAsync(dryRun: false, Token)).Blobs.ShouldBe(0);

        _clock.Pass(new MirrorOptions().Keep + TimeSpan.FromHours(1));
        await maintenance.SweepMirrorsAsync(Token);
        _clock.Pass(new GarbageOptions().KeepDeleted + TimeSpan.FromHours(1));
        (await maintenance.CollectAsync(dryRun: false, Token)).Manifests.ShouldBe(1);
        _clock.Pass(new GarbageOptions().Lease + TimeSpan.FromHours(1));
        (await maintenance.CollectAsync(dryRun: false, Token)).Blobs.ShouldBeGreaterThan(0);
        Digest.Of(await _hub.Client.GetByteArrayAsync("/v2/far/team/app/manifests/latest", Token)).ShouldBe(digest);
    }

    [Fact]
    public async Task A_blob_that_a_mirrored_manifest_names_is_not_garbage()
    {
        await _upstream.Hub.PushAsync("team/app");
        await _hub.Client.GetAsync("/v2/far/team/app/manifests/latest", Token);
        await _hub.Client.GetByteArrayAsync(LayerPath, Token);
        _clock.Pass(TimeSpan.FromDays(20));
        await _hub.Services.GetRequiredService<IRegistryMaintenance>().CollectAsync(dryRun: false, Token);
        await _hub.Client.GetByteArrayAsync(LayerPath, Token);
        _upstream.Asked("GET /v2/team/app/blobs/").ShouldBe(1);
    }
}
